import { readFileSync } from 'node:fs'

import t from 'tap'

import type { DocumentFormat } from '../../src/inbound/format.ts'
import { DOCUMENT_FORMATS, FORMATS, formatOf, parseBody } from '../../src/inbound/formats.ts'
import { must } from '../support/must.ts'
import { content } from '../support/builders.ts'

const DEALER = { country: 'PL', currency: 'PLN', locale: 'pl', timeZone: 'Europe/Warsaw' } as const

void t.test('a media type names one format', (t) => {
  const mediaTypes = FORMATS.flatMap((format) => format.mediaTypes)
  t.strictSame(mediaTypes, [...new Set(mediaTypes)])
  for (const format of FORMATS) {
    for (const mediaType of format.mediaTypes) {
      t.equal(formatOf(`${mediaType.toUpperCase()} ; charset=utf-8`), format, mediaType)
    }
  }
  t.equal(formatOf('text/plain'), null)
  t.equal(formatOf(''), null)
  t.end()
})

void t.test('the contract names the media types of all documents', (t) => {
  const contract = JSON.parse(
    readFileSync(new URL('../../openapi/openapi.json', import.meta.url), 'utf8')
  ) as { paths: Record<string, { post: { description: string } }> }
  const { description } = must(contract.paths['/v1/leads/documents']).post
  for (const mediaType of DOCUMENT_FORMATS.flatMap((format) => format.mediaTypes)) {
    t.match(description, mediaType)
  }
  t.end()
})

void t.test('no format brings more than the database should be asked to hold', (t) => {
  /** A format whose documents are lists of external ids. */
  const list: DocumentFormat = {
    kind: 'document',
    mediaTypes: ['text/plain'],
    description: '',
    example: '',
    decode: (bytes) => ({ text: String(bytes), repairs: [] }),
    parse: (text) => ({
      contents: String(text)
        .split(' ')
        .map((externalId) => content({ externalId }))
    })
  }
  const ids = (count: number) => Array.from({ length: count }, (_, i) => `id-${i}`).join(' ')
  const read = (text: string) => {
    const parsed = parseBody(list, text, DEALER)
    return 'fault' in parsed ? parsed : parsed.contents.length
  }
  t.equal(read(ids(100)), 100)
  t.strictSame(read(ids(101)), {
    fault: 'unreadable',
    detail: 'The document has more than 100 leads.'
  })
  t.end()
})
