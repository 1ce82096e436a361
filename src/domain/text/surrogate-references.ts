/**
 * Two references to the halves of a surrogate pair, as .NET and JavaScript write a character beyond U+FFFF:
 * `&#55357;&#56832;` is 😀. Two groups; a source for expressions without regard to case.
 */
export const SURROGATE_REFERENCES =
  '&#(x0{0,4}d[89ab][\\da-f]{2}|5(?:529[6-9]|5[3-9]\\d\\d|6[0-2]\\d\\d|63[01]\\d));' +
  '&#(x0{0,4}d[c-f][\\da-f]{2}|5(?:63[2-9]\\d|6[4-9]\\d\\d|7[0-2]\\d\\d|73[0-3]\\d|734[0-3]));'

/** The character of both halves, by the numbers of their references. */
export function characterOfPair(high: string, low: string): string {
  return String.fromCharCode(numberOf(high), numberOf(low))
}

function numberOf(reference: string): number {
  return /^x/i.test(reference) ? Number.parseInt(reference.slice(1), 16) : Number(reference)
}

const PAIR = new RegExp(SURROGATE_REFERENCES, 'gi')

/** The text with such pairs as their characters. */
export function withoutSurrogateReferences(text: string): string {
  return text.replace(PAIR, (_, high: string, low: string) => characterOfPair(high, low))
}
