import type { ReadingDealer } from '../domain/leads/reading-dealer.ts'
import type { DocumentFormat, FormatFault, ParsedBody } from './format.ts'
import { parseBody } from './formats.ts'

/** A document as it came. */
export interface PostedDocument {
  bytes: Uint8Array
  /** As the message names it. */
  charset: string | undefined
}

/** What a document says. */
export interface DocumentReading {
  /** Its text as it can be stored. */
  text: string
  parsed: ParsedBody | FormatFault
}

/** Reads a document on this thread. */
export function readDocument(
  format: DocumentFormat,
  { bytes, charset }: PostedDocument,
  dealer: ReadingDealer
): DocumentReading {
  const given = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const document = format.decode(given, charset, dealer)
  return {
    // PostgreSQL stores no NUL: its symbol shows where one was.
    text: document.text.replaceAll('\0', '\u2400'),
    parsed: parseBody(format, document, dealer)
  }
}
