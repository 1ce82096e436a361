import { digitsOf } from './phone-forms.ts'
import { isCallWord } from './call-words.ts'
import { isPhoneLabel } from './phone-text.ts'

/**
 * A text with a blank between its numbers and the words that touch them: `tel601234567`, `22 123 45 67rano`,
 * `601234567lub602345678`.
 */
export function withWordsApart(text: string): string {
  return text
    .replace(BETWEEN_NUMBERS, (word: string, at: number) => {
      const [joined = ''] = text
        .slice(Math.max(0, at - MAX_BESIDE), at)
        .split(/[^\d ().-]/)
        .slice(-1)
      const before = digitsOf(joined)
      return before.length >= MIN_JOINED ? ` ${word} ` : word
    })
    .replace(TOUCHING_WORD, (word) => (isPhoneLabel(word) || isCallWord(word) ? `${word} ` : word))
    .replace(TOUCHED_NUMBER, (number) => {
      const { length } = digitsOf(number)
      return length >= MIN_DIGITS && length <= MAX_DIGITS ? `${number} ` : number
    })
}

/** A word between two numbers that touches both. */
const BETWEEN_NUMBERS =
  /(?<=\d)(?:or|and|lub|albo|oraz|oder|und|o|y|i)(?=[+(]{0,2}\d(?:[ ().-]{0,2}\d){7})/giu
const MAX_BESIDE = 20
const MIN_JOINED = 8

const TOUCHING_WORD = /(?<![\p{L}\p{N}])\p{L}{1,12}[.:]{0,2}(?=[+(]?\d(?:[ .-]?\d){7})/gu

/** Digits in groups as people write them, before a word that is no unit. */
const TOUCHED_NUMBER =
  /(?<![\p{L}\p{N}.,_#/-])(?:\+?\(?|\(\+)\d[\d ()./-]{7,20}\d(?=\p{L}{2})(?!(?:zł|zl|pln|eur|usd|gbp|mxn|czk|km|kg|cm|ccm|hp|kw|ps|tys|mil|mio|mln)(?!\p{L}))/giu

const MIN_DIGITS = 9
const MAX_DIGITS = 13
