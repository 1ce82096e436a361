import { fullNameOf } from '../text/nicknames.ts'
import { isCompanyDomain } from './mailbox-form.ts'
import { nationalDigits } from './compare-phones.ts'
import type { PersonForm } from './person-form.ts'
import { phoneticCode } from './phonetic-code.ts'

/** How many keys a person has at most. */
const MAX_KEYS = 12

/** Shorter local parts of e-mail addresses are shared by strangers. */
const MIN_LOCAL = 5

/**
 * The weaker keys by which a person may be found again where neither e-mail nor phone agrees: they only bring
 * candidates for `scoreForms`, and identify no one.
 *
 * - `m:` the mailbox, without tag and Gmail's dots, in a repaired domain
 * - `l:` its local part, in any domain
 * - `q:` the number without its country code
 * - `n:` the sounds of a first name and a surname
 * - `z:` the postal code and the sound of a name
 * - `c:` the town, the sound of a surname and an initial
 */
export function blockingKeys(form: PersonForm): string[] {
  const keys = new Set<string>()
  for (const box of form.mailboxes) {
    keys.add(`m:${box.local}@${box.repaired}`)
    if (box.kind === 'own' && !isCompanyDomain(box) && box.local.length >= MIN_LOCAL) {
      keys.add(`l:${box.letters}${box.digits}`)
    }
  }
  for (const number of form.phones) keys.add(`q:${nationalDigits(number)}`)
  const { first, last, isLoose } = form.name
  const [firsts, lasts] = isLoose ? [first, first] : [first.slice(0, 1), last.slice(0, 2)]
  for (const one of firsts) {
    for (const other of lasts) {
      if (one !== other || !isLoose) keys.add(`n:${pairOf(one, other)}`)
    }
  }
  const words = isLoose ? first.slice(0, 3) : [...firsts, ...lasts]
  for (const word of words) {
    if (form.postal !== undefined && word.length > 1) {
      keys.add(`z:${form.postal} ${phoneticCode(fullNameOf(word))}`)
    }
  }
  return [...keys].slice(0, MAX_KEYS)
}

function pairOf(one: string, other: string): string {
  const [a, b] = [phoneticCode(fullNameOf(one)), phoneticCode(fullNameOf(other))]
  return a < b ? `${a} ${b}` : `${b} ${a}`
}
