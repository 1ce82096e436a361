/** How much of a document is looked at. */
const HEAD = 4_096

/**
 * The bytes of a document that mail software wrote as quoted-printable, decoded; null where they are not. In it
 * each `=` is the beginning of a byte or of a line break that is none.
 */
export function fromQuotedPrintable(bytes: Buffer): Buffer | null {
  const text = bytes.toString('latin1')
  const start = text.search(/<[?a-z]/i)
  const head = text.slice(Math.max(start, 0), Math.max(start, 0) + HEAD)
  const isQuoted = /=3D/i.test(head) || /[^\s=]=\r?\n/.test(head)
  if (start === -1 || !isQuoted || /=(?![\da-f]{2}|[ \t]{0,9}\r?\n|$)/i.test(head)) return null
  return fromQuoted(bytes)
}

/** The bytes of what is known to be quoted-printable. */
export function fromQuoted(bytes: Buffer): Buffer {
  const decoded = bytes
    .toString('latin1')
    .replace(/=[ \t]{0,9}\r?\n/g, '')
    .replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(decoded, 'latin1')
}
