import { plainText } from '../text/clean-text.ts'
import { withLinkedNumbers } from './chat-links.ts'
import { withWordsApart } from './touched-numbers.ts'

/**
 * Text of a phone number in plain characters: signs such as ☎ and keycaps gone, apostrophes and dots of
 * every kind between digits as the marks that people group numbers by, and the parts of JSON that are numbers.
 */
export function plainPhone(text: string): string {
  return numbersOfJson(
    withWordsApart(withLinkedNumbers(plainText(text).replace(/\\(?=[+()\-.])/g, '')))
      .replace(/[\ufe0f\u20e3]/g, '')
      .replace(/(?!\p{RI})\p{So}/gu, ' ')
      .replace(/(?<=\d)['^*](?=\d)/g, ' ')
      .replace(/^%2b(?=\d)/i, '+')
      .replace(/(?<=\d) ?[\u2043\u2022\u00b7\u2027\u2219\u22c5\u30fb] ?(?=\d)/g, '-')
      // Brazil writes XX for the code of a carrier, which the caller chooses.
      .replace(/(?<![\p{L}\d])(?:\(0 ?xx\)|(\(?)0 ?xx) ?(?=\d{2})/giu, '$1')
      .trim()
  )
}

const MIN_IN_JSON = 6
const MAX_DEPTH = 4

/** A field's text that is an object or list in JSON as the numbers in it, a line each. */
function numbersOfJson(text: string): string {
  if (!/^(?:\{.*\}|\[.*\])$/.test(text)) return text
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return text
  }
  const found = leavesOf(value, MAX_DEPTH).filter(
    (leaf) => leaf.replace(/\D/g, '').length >= MIN_IN_JSON
  )
  return found.length === 0 ? text : found.join('\n')
}

function leavesOf(value: unknown, depth: number): string[] {
  if (typeof value === 'string') return [value.trim()]
  if (typeof value === 'number') return [String(value)]
  if (depth === 0 || typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap((member) => leavesOf(member, depth - 1))
}

/** Letters that look like digits, in words of digits, as these digits: `tel. 6O1 234 567`. Null: there are none. */
export function withoutLetterDigits(text: string): string | null {
  if (text.length > MAX_SPELLED || !/(?:\D{0,9}\d){6}/.test(text)) return null
  const spelled = text.replace(DIGIT_WORD, (word) =>
    /\d/.test(word) ? word.replace(/[Oo]/g, '0').replace(/[Il]/g, '1') : word
  )
  return spelled === text ? null : spelled
}

const MAX_SPELLED = 60
/** A letter alone is a word, such as the Spanish `o`. */
const DIGIT_WORD = /(?<![\p{L}\d])[\dOoIl]{2,20}(?![\p{L}\d])/gu

/** The text with a blank before its number, where nothing but a name stands before it: `Jan601234567`. Null: it has none. */
export function withNameApart(text: string): string | null {
  const [, name = '', number = ''] = NAME_AND_NUMBER.exec(text) ?? []
  return name === '' ? null : `${name} ${number}`
}

/** Words that begin with a capital: others are ids. */
const NAME_AND_NUMBER =
  /^((?:\p{Lu}\p{Ll}{1,19}[ .]{1,2}){0,2}\p{Lu}\p{Ll}{1,19})[-:,.]?([+(]{0,2}\d[\d ()./-]{6,20}\d)$/u
