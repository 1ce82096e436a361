import type { FirstLevel } from './compare-first-names.ts'
import type { LastLevel } from './compare-last-names.ts'
import { compareMailboxes } from './compare-mailboxes.ts'
import type { MailboxComparison, MailboxLevel } from './compare-mailboxes.ts'
import { compareNames } from './compare-names.ts'
import { comparePhones } from './compare-phones.ts'
import type { PhoneLevel } from './compare-phones.ts'
import { mailboxOwner } from './mailbox-owner.ts'
import type { MailboxOwner } from './mailbox-owner.ts'
import { comparePlaces } from './compare-places.ts'
import type { PlaceLevel } from './compare-places.ts'
import { firstNameFrequency, lastNameFrequency } from './name-frequency.ts'
import type { NameFrequency } from './name-frequency.ts'
import type { PersonForm } from './person-form.ts'

/** How two people compare, field by field. */
export interface PairLevels {
  first: FirstLevel
  last: LastLevel
  /** Frequencies of the names, where they agree. */
  firstFrequency: NameFrequency
  lastFrequency: NameFrequency
  isMoved: boolean
  areGenerations: boolean
  mailbox: MailboxLevel
  owners: MailboxComparison['owners']
  hosts: MailboxComparison['hosts']
  digits: MailboxComparison['digits']
  /** A name is missing, and the address of one person is made of the other's: of all of it, or of other words. */
  guess: MailboxOwner | 'none'
  phone: PhoneLevel
  place: PlaceLevel
  company: 'same' | 'similar' | 'differ' | 'none'
  country: 'differ' | 'none'
}

/** Of equally good readings and addresses the first is taken: people are compared in one order. */
export function pairLevels(one: PersonForm, other: PersonForm): PairLevels {
  const [a, b] = isBefore(one, other) ? [one, other] : [other, one]
  const { first, last, isMoved, areGenerations, readings } = compareNames(a.name, b.name)
  const { level: mailbox, ...mailboxes } = compareMailboxes(a.mailboxes, b.mailboxes)
  const isAbroad = a.country !== null && b.country !== null && a.country !== b.country
  return {
    first,
    last,
    firstFrequency: maxOf(
      firstNameFrequency(readings[0].first[0] ?? ''),
      firstNameFrequency(readings[1].first[0] ?? '')
    ),
    lastFrequency: maxOf(
      lastNameFrequency(readings[0].last[0] ?? ''),
      lastNameFrequency(readings[1].last[0] ?? '')
    ),
    isMoved,
    areGenerations,
    mailbox,
    ...mailboxes,
    guess: first === 'missing' || last === 'missing' ? guessOf(a, b) : 'none',
    phone: comparePhones(a.phones, b.phones),
    place: comparePlaces(a, b),
    company: compareCompanies(a.company, b.company),
    country: isAbroad ? 'differ' : 'none'
  }
}

function isBefore(a: PersonForm, b: PersonForm): boolean {
  const [one, other] = [a.mailboxes[0]?.local ?? '', b.mailboxes[0]?.local ?? '']
  if (one !== other) return one < other
  const [first, second] = [a.name.first[0] ?? '', b.name.first[0] ?? '']
  return first === second ? orderOf(a) <= orderOf(b) : first < second
}

/** All that tells two people apart whose first words are the same. */
function orderOf({ mailboxes, name, phones }: PersonForm): string {
  const boxes = mailboxes.map(({ local, domain }) => `${local}@${domain}`)
  return [...boxes, ...name.first, '|', ...name.last, name.field ?? '', ...phones].join(' ')
}

function maxOf(one: NameFrequency, other: NameFrequency): NameFrequency {
  return one > other ? one : other
}

/** What the more complete name makes of the mailbox of the other person. */
function guessOf(a: PersonForm, b: PersonForm): PairLevels['guess'] {
  const [poor, rich] = a.name.first.length === 0 || a.name.last.length === 0 ? [a, b] : [b, a]
  const box = poor.mailboxes.find(({ kind }) => kind === 'own')
  return box === undefined ? 'none' : mailboxOwner(box.letters, rich.name)
}

function compareCompanies(a: readonly string[], b: readonly string[]): PairLevels['company'] {
  if (a.length === 0 || b.length === 0) return 'none'
  const shared = a.filter((word) => b.includes(word)).length
  if (shared === Math.max(a.length, b.length)) return 'same'
  return shared > 0 ? 'similar' : 'differ'
}
