/** Headers of a mail or of a part of it, and the empty line behind them. */
const HEADERS = /^(?:[\w-]{2,60}:[^\n]{0,2000}\r?\n(?:[ \t][^\n]{0,2000}\r?\n){0,20}){1,40}\r?\n/

/** Whole groups of base64, on any number of lines. */
const GROUPS = /^[\w+/\s]{40,}={0,2}$/

/** A document of XML or JSON. */
const DOCUMENT = /^[\s\0\u00ef\u00bb\u00bf\u00fe\u00ff]{0,9}(?:<|\{[\s\0]{0,20}"|\[[\s\0]{0,20}\{)/

/**
 * The bytes of an XML document that is posted in base64, as mail software writes it; null where it is not. The
 * headers of the mail may stand before it.
 */
export function xmlFromBase64(bytes: Uint8Array): Buffer | null {
  const decoded = documentFromBase64(bytes)
  return decoded?.mark === '<' ? decoded.bytes : null
}

/** The same of XML or JSON, with the character that says which: `<`, `{` or `[`. */
export function documentFromBase64(bytes: Uint8Array): { bytes: Buffer; mark: string } | null {
  const text = Buffer.from(bytes)
    .toString('latin1')
    .replace(/^(?:\u00ef\u00bb\u00bf)?\s{0,9}/, '')
  const body = text.replace(HEADERS, '').trimEnd()
  if (!GROUPS.test(body)) return null
  const decoded = Buffer.from(body, 'base64')
  const [head] = DOCUMENT.exec(decoded.toString('latin1', 0, 60)) ?? []
  const [mark] = /[<{[]/.exec(head ?? '') ?? []
  return mark === undefined ? null : { bytes: decoded, mark }
}
