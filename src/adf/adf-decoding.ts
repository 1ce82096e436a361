/** Labels that say less than they seem: mail software writes them without looking at the bytes. */
const MEANINGLESS_LABELS = ['us-ascii', 'ascii']

/**
 * Decodes the bytes of a document: by the charset of the message, else its byte order mark, else its
 * declaration, else as UTF-8, and as windows-1252 when it is not.
 *
 * An unknown charset, or one that contradicts the bytes, is ignored. All later steps work on text,
 * so no charset can hide a DOCTYPE.
 */
export function decodeXml(bytes: Buffer, charset?: string): string {
  const labels = [charset, sniffUtf16(bytes), declaredEncoding(bytes), 'utf-8']
  for (const label of labels) {
    const text = label === undefined || label === null ? null : decodeAs(bytes, label)
    if (text !== null) return text
  }
  return new TextDecoder('windows-1252').decode(bytes)
}

function decodeAs(bytes: Buffer, label: string): string | null {
  const name = label
    .trim()
    .replace(/^["']|["']$/g, '')
    .toLowerCase()
  if (MEANINGLESS_LABELS.includes(name)) return null
  try {
    // A label of UTF-16 may leave the order of bytes open, or be a slip for text in bytes.
    const exact = name.startsWith('utf-16') ? sniffUtf16(bytes) : name
    if (exact === null) return null
    return new TextDecoder(exact, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** UTF-16 shows in its mark or, without one, in the zero beside the first ASCII character. */
function sniffUtf16(bytes: Buffer): string | null {
  const [first, second] = bytes
  if ((first === 0xff && second === 0xfe) || second === 0) return 'utf-16le'
  if ((first === 0xfe && second === 0xff) || first === 0) return 'utf-16be'
  return null
}

/** A declaration that can be read byte by byte is never UTF-16, even if it claims to be. */
function declaredEncoding(bytes: Buffer): string | null {
  const head = bytes.subarray(0, 1024).toString('latin1')
  const declared = /<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']/i.exec(head)?.[1]
  return declared === undefined || /^utf-?16/i.test(declared) ? null : declared
}
