import { fullNameOf } from '../text/nicknames.ts'
import type { NameForm } from './name-form.ts'

/**
 * What a mailbox is made of, seen from a person's name: first and last name (`full`), one of them alone
 * (`last`, `first`), the last name of a household (`family`), or other words (`handle`).
 */
export type MailboxOwner = 'full' | 'last' | 'first' | 'family' | 'handle'

const FAMILY = /^(?:s|home|family|familia|fam|rodzina|rodzice|dom|casa|hogar|household)$/

/** Shorter words are found in other words by chance. */
const MIN_WORD = 3

/** `letters` are those of the local part, without digits and signs. */
export function mailboxOwner(letters: string, { first, last, isLoose }: NameForm): MailboxOwner {
  if (isLoose) return ownerOfWhole(letters, first)
  const [lastName, beside] = takeWord(letters, last)
  if (lastName) {
    if (FAMILY.test(beside)) return 'family'
    return isFirst(beside, first) ? 'full' : 'last'
  }
  const [firstName, rest] = takeWord(letters, first)
  if (!firstName) return 'handle'
  return isInitial(rest, last) ? 'full' : 'first'
}

/** A whole name does not tell which word is the first name: of one word the mailbox is the last name's. */
function ownerOfWhole(letters: string, words: readonly string[]): MailboxOwner {
  const [hasWord, rest] = takeWord(letters, words)
  if (!hasWord) return 'handle'
  if (FAMILY.test(rest)) return 'family'
  return rest !== '' && (isFirst(rest, words) || isInitial(rest, words)) ? 'full' : 'last'
}

/** The letters without the first of the words that is among them. */
function takeWord(letters: string, words: readonly string[]): [boolean, string] {
  for (const word of words) {
    if (word.length < MIN_WORD) continue
    const at = letters.indexOf(word)
    if (at >= 0) return [true, letters.slice(0, at) + letters.slice(at + word.length)]
  }
  return [false, letters]
}

function isFirst(rest: string, first: readonly string[]): boolean {
  if (rest === '') return false
  if (isInitial(rest, first)) return true
  return first.some(
    (word) => word.length >= MIN_WORD && (rest.includes(word) || rest.includes(fullNameOf(word)))
  )
}

function isInitial(rest: string, words: readonly string[]): boolean {
  return rest.length === 1 && words.some((word) => word.startsWith(rest))
}
