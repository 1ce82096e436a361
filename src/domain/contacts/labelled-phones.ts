import { MIN_DIALLED_DIGITS } from '../leads/contact.ts'
import { digitsOf } from './phone-forms.ts'
import { isPhoneLabel } from './phone-text.ts'

/**
 * The parts of a text in which labels stand before their numbers: `Tel 22 123 45 67 Fax 22 123 45 68`. A label is
 * that of the number behind it, unless labels follow their numbers: `601 234 567 kom. 22 123 45 67 dom`.
 */
export function splitAtLabels(text: string): string[] {
  const words = text.split(' ')
  if (!words.some(isNumeric) || hasLabelsBehind(words)) return [text]
  const parts: string[][] = [[]]
  words.forEach((word, at) => {
    const part = parts.at(-1) ?? []
    const isNext =
      isLabel(word) &&
      !isLabel(words[at - 1] ?? '') &&
      digitsOf(part.join(' ')).length >= MIN_DIALLED_DIGITS &&
      words.slice(at + 1).some(isNumeric)
    if (isNext) parts.push([word])
    else part.push(word)
  })
  return parts.map((part) => part.join(' '))
}

function isNumeric(word: string): boolean {
  return /\d/.test(word)
}

/** A word that is a label, or begins with one that touches its number: `fax:221234567`. */
function isLabel(word: string): boolean {
  const [label = ''] = /^[([]?\p{L}[\p{L}./-]{0,20}/u.exec(word) ?? []
  const rest = word.slice(label.length)
  return label !== '' && isPhoneLabel(label) && (rest === '' || /^[\d+(:)\].#-]/.test(rest))
}

function hasLabelsBehind(words: readonly string[]): boolean {
  const first = words.findIndex(isNumeric)
  const last = words.findLastIndex(isNumeric)
  const isBefore = words.slice(0, first + 1).some(isLabel)
  const between = words.slice(first + 1, last).filter(isLabel)
  const isBehind = words.slice(last + 1).some(isLabel)
  return !isBefore && (isBehind || between.some((word) => /^[([]/.test(word)))
}
