import { Worker } from 'node:worker_threads'

import type { ReadingDealer } from '../domain/leads/reading-dealer.ts'
import type { DocumentFormat } from './format.ts'
import { DOCUMENT_FORMATS } from './formats.ts'
import { readDocument } from './read-document.ts'
import type { DocumentReading, PostedDocument } from './read-document.ts'

/** What the thread is asked. */
export interface DocumentRequest {
  id: number
  /** Its place in `DOCUMENT_FORMATS`. */
  format: number
  document: PostedDocument
  dealer: ReadingDealer
}

export interface DocumentResponse {
  id: number
  /** Null: it could not be read there. */
  reading: DocumentReading | null
}

/** A document of this many bytes takes some 10 ms at worst. Usual ones have a third of it. */
const LARGE_BYTES = 12_288

/**
 * Reads documents: the usual ones at once, and large ones on a thread of its own, so that no request
 * waits while one is read. The thread begins with the first large document.
 */
export class DocumentReader {
  readonly #waiting = new Map<number, (reading: DocumentReading | null) => void>()
  #worker: Worker | null = null
  #lastId = 0

  async read(
    format: DocumentFormat,
    document: PostedDocument,
    dealer: ReadingDealer
  ): Promise<DocumentReading> {
    const isLarge = document.bytes.length > LARGE_BYTES
    const apart = isLarge ? await this.#readApart(format, document, dealer) : null
    // A thread that fails loses no lead.
    return apart ?? readDocument(format, document, dealer)
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  async #readApart(
    format: DocumentFormat,
    { bytes, charset }: PostedDocument,
    { country, currency, locale, timeZone, ownPoints }: ReadingDealer
  ): Promise<DocumentReading | null> {
    const worker = (this.#worker ??= this.#start())
    const id = (this.#lastId += 1)
    const request: DocumentRequest = {
      id,
      format: DOCUMENT_FORMATS.indexOf(format),
      document: { bytes, charset },
      dealer: { country, currency, locale, timeZone, ownPoints }
    }
    return await new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      worker.ref()
      worker.postMessage(request)
    })
  }

  #start(): Worker {
    const worker = new Worker(new URL(import.meta.resolve('./document-worker.ts')))
    worker.on('message', ({ id, reading }: DocumentResponse) => {
      this.#waiting.get(id)?.(reading)
      this.#waiting.delete(id)
      if (this.#waiting.size === 0) worker.unref()
    })
    worker.on('error', () => {
      this.#giveUp(worker)
    })
    worker.on('exit', () => {
      this.#giveUp(worker)
    })
    return worker
  }

  /** The documents that wait are read without the thread; the next large one begins another. */
  #giveUp(worker: Worker): void {
    if (this.#worker !== worker) return
    this.#worker = null
    for (const resolve of this.#waiting.values()) resolve(null)
    this.#waiting.clear()
  }
}
