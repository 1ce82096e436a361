import { xmlFromBase64 } from './base64-text.ts'

/** The headers of a part that is in base64, and their end. */
const BASE64_PART =
  /(?:^|\n)content-transfer-encoding:[ \t]{0,9}base64[ \t]{0,9}\r?\n(?:[^\r\n][^\n]{0,2000}\r?\n){0,20}\r?\n/gi

const MAX_PARTS = 20

/** A document of leads. */
const ADF_TAG = /<(?:\?adf\b|(?:[\w-]{1,20}:)?(?:adf|prospect)[\s>])/i

/**
 * The bytes of an ADF document that is a part in base64 of a mail with several parts, which someone posts as a
 * whole; null: the mail has none. The people of its headers are not those of the document.
 */
export function adfOfMail(bytes: Buffer): Buffer | null {
  const text = bytes.toString('latin1')
  if (/^\s{0,9}</.test(text) || !/content-transfer-encoding:[ \t]{0,9}base64/i.test(text))
    return null
  const parts = Array.from(text.matchAll(BASE64_PART)).slice(0, MAX_PARTS)
  for (const { 0: head, index } of parts) {
    const start = index + head.length
    const end = text.indexOf('\n--', start)
    const document = xmlFromBase64(bytes.subarray(start, end === -1 ? text.length : end))
    if (document && ADF_TAG.test(document.toString('latin1'))) return document
  }
  return null
}
