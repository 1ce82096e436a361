import { parentPort } from 'node:worker_threads'

import type { DocumentRequest, DocumentResponse } from './document-reader.ts'
import { DOCUMENT_FORMATS } from './formats.ts'
import { readDocument } from './read-document.ts'

// The thread of `DocumentReader`: reads documents one after the other, and ends with its process.
parentPort?.on('message', (request: DocumentRequest) => {
  parentPort?.postMessage(respond(request))
})

/** Without a reading where it fails: the failure then shows, and is logged, where the request is. */
function respond({ id, format, document, dealer }: DocumentRequest): DocumentResponse {
  const found = DOCUMENT_FORMATS[format]
  try {
    return { id, reading: found ? readDocument(found, document, dealer) : null }
  } catch {
    return { id, reading: null }
  }
}
