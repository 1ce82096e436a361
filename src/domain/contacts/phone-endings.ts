/** A number and the last digits of others that differ from it in these alone. */
interface WithEndings {
  base: string
  endings: { text: string; isSure: boolean }[]
}

const ENDING = /^ ?-? ?\d{1,4} ?$/
const MIN_BASE = 9
const MAX_ENDINGS = 5
const YEAR = /^(?:19[5-9]\d|20[0-4]\d)$/

/** A mark or word between a number and the ending of the next one, which the text has last. */
const WORDS = 'und|u\\.?|oder|lub|albo|oraz|i|y|o|or|and'
const BEFORE_HYPHEN = new RegExp(
  String.raw`(?<=\d) ?(?:[,;&]|(?<= )(?:${WORDS})(?= )) ?-(?=\d{1,4}(?!\d))`,
  'gi'
)
const BEFORE_LAST = new RegExp(
  String.raw`(?<=\d) (?:&|${WORDS}) (?=\d{2,4}$)|(?<=(\d\d)\d\d), ?(?=\1\d\d$)`,
  'gi'
)

/** The text with one mark before endings: `123456-57, -58` as `123456-57/-58`, `6204 or 6205` as `6204/6205`. */
export function withPlainEndings(text: string): string {
  return text.replace(BEFORE_HYPHEN, '/-').replace(BEFORE_LAST, '/')
}

/**
 * The numbers of a text that writes all but the first with their last digits, in full: `0711 123456-57/-58`,
 * `585-297-6204/6205`. A year is no ending. Null: the text is no such number.
 */
export function numbersOfEndings(text: string): string[] | null {
  const found = endingsOf(text)
  if (found === null) return null
  const { base, endings } = found
  const others = endings
    .filter(({ isSure }) => isSure)
    .map(({ text: ending }) => withEnding(base, ending))
  return [base, ...others]
}

function endingsOf(text: string): WithEndings | null {
  const parts = text.split('/')
  const first = parts.findLastIndex((part) => !ENDING.test(part))
  const from = Math.max(first + 1, parts.length - MAX_ENDINGS, 1)
  const base = parts.slice(0, from).join('/').trim()
  const endings = parts.slice(from).map((part) => part.replaceAll(' ', ''))
  if (endings.length === 0 || base.replace(/\D/g, '').length < MIN_BASE) return null
  const last = /(?<!\d)\d{1,20}$/.exec(base)?.[0] ?? ''
  // Behind the mark that groups the number, digits that are as many as before are its own.
  const isGrouped =
    base.includes('/') &&
    endings.some((one) => !one.startsWith('-') && last.length < MIN_LONG_GROUP)
  const isLonger = endings.some((one) => !one.startsWith('-') && one.length > last.length)
  if (last === '' || isGrouped || (isLonger && !/-\d{1,3}$/.test(base))) return null
  return {
    base,
    endings: endings.map((one) => ({ text: one, isSure: !YEAR.test(one) || YEAR.test(last) }))
  }
}

const MIN_LONG_GROUP = 5

/** The number with other last digits: those behind its last hyphen, or as many as the ending has. */
function withEnding(base: string, ending: string): string {
  const digits = ending.replace('-', '')
  const [tail = ''] = /-\d{1,4}$/.exec(base) ?? []
  const isTail = tail !== '' && (ending.startsWith('-') || digits.length >= tail.length)
  if (isTail) return base.slice(0, -tail.length + 1) + digits
  return base.slice(0, -digits.length) + digits
}
