/** Members that are called so have a number of a phone, whose digits are no amount. */
const PHONES = /phone|tel|fon|mobil|movil|m[oó]vil|cell|fax|handy|kom[oó]r|msisdn|whatsapp/i

/** What may be a number that would lose digits. */
const SUSPICIOUS = /[\s:[,]-?\d{16}|[\s:[,]-?\d[\d.]{0,20}[eE]/
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y

/**
 * The JSON text with numbers as texts where their value would be another: ids of more digits than a number has,
 * and phones that a spreadsheet wrote as `6.01E8`, which are read as the same text is.
 */
export function withExactNumbers(json: string): string {
  if (!SUSPICIOUS.test(json)) return json
  const pieces: string[] = []
  let from = 0
  let name = ''
  for (let at = 0; at < json.length;) {
    const sign = json.charAt(at)
    if (sign === '"') {
      const end = endOfText(json, at)
      if (isBeforeColon(json, end)) name = json.slice(at + 1, end - 1)
      at = end
    } else {
      NUMBER.lastIndex = at
      const [number = ''] = /[-\d]/.test(sign) ? (NUMBER.exec(json) ?? []) : []
      if (isInexact(number, name)) {
        pieces.push(json.slice(from, at), `"${number}"`)
        from = at + number.length
      }
      at += Math.max(number.length, 1)
    }
  }
  return pieces.join('') + json.slice(from)
}

function isInexact(number: string, name: string): boolean {
  if (/^-?\d{16,}$/.test(number)) return !Number.isSafeInteger(Number(number))
  return /e/i.test(number) && PHONES.test(name)
}

/** The place behind the text that begins at `start`. */
function endOfText(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at += 1) {
    const sign = json.charAt(at)
    if (sign === '\\') at += 1
    else if (sign === '"') return at + 1
  }
  return json.length
}

function isBeforeColon(json: string, end: number): boolean {
  let at = end
  while (/\s/.test(json.charAt(at))) at += 1
  return json.charAt(at) === ':'
}
