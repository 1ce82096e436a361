/** The characters of a text of percent signs and plus signs, each a byte. */
export function percentBytes(text: string): string {
  return withoutPercents(text.replaceAll('+', ' '))
}

function withoutPercents(text: string): string {
  return text.replace(/%([\da-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16))
  )
}

/** An object or a list of JSON, encoded once or several times. */
const ENCODED_JSON = /^\s{0,9}%(?:25){0,2}(?:7B|5B)/i
const MAX_ROUNDS = 3

/** The bytes of JSON that is posted with percent signs; null where it is not. */
export function jsonFromPercents(bytes: Buffer): Buffer | null {
  const head = bytes.toString('latin1', 0, 40)
  if (!ENCODED_JSON.test(head)) return null
  let text = bytes.toString('latin1')
  // Where blanks have percent signs, a plus is one.
  if (!text.includes('%20')) text = text.replaceAll('+', ' ')
  for (let round = 0; round < MAX_ROUNDS && ENCODED_JSON.test(text); round += 1) {
    text = withoutPercents(text)
  }
  return /^\s*[{[]/.test(text) ? Buffer.from(text, 'latin1') : null
}
