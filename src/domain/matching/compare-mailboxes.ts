import { editDistance } from './edit-distance.ts'
import { isCompanyDomain } from './mailbox-form.ts'
import type { MailboxForm } from './mailbox-form.ts'

/**
 * How the e-mail addresses of two people compare, best first.
 *
 * - `same`: one mailbox, with any tags, dots and case
 * - `role`: one mailbox of an office
 * - `repaired`: one mailbox, but for a slip in the domain
 * - `typo`: one domain, and a slip in the letters of the local part
 * - `local`: one local part in two domains, with digits or not made of the name
 * - `name`: one local part in two domains, made of the name alone
 * - `digits`: the digits of two local parts that are both made of the name
 * - `number`: local parts that differ in digits alone
 * - `company`: two mailboxes of one company
 * - `named`: two mailboxes, both made of the name
 * - `differ`: two mailboxes
 * - `missing`, `none`: one has none; neither has one
 */
export type MailboxLevel = (typeof MAILBOX_LEVELS)[number]

const MAILBOX_LEVELS = [
  'same',
  'repaired',
  'role',
  'typo',
  'local',
  'name',
  'digits',
  'number',
  'company',
  'named',
  'differ',
  'missing',
  'none'
] as const

const RANK = new Map(MAILBOX_LEVELS.map((level, rank) => [level, rank]))

/** How two addresses compare beyond their level. */
export interface MailboxComparison {
  level: MailboxLevel
  /** What each is made of, in alphabetical order: `full last`. Empty: one has none. */
  owners: string
  /** Whether they are of one domain. */
  hosts: 'one' | 'two' | ''
  /** The digits of their local parts. */
  digits: 'none' | 'same' | 'one' | 'differ' | ''
}

/** The best pair of addresses. */
export function compareMailboxes(
  a: readonly MailboxForm[],
  b: readonly MailboxForm[]
): MailboxComparison {
  if (a.length === 0 || b.length === 0) {
    const level = a.length === b.length ? 'none' : 'missing'
    return { level, owners: '', hosts: '', digits: '' }
  }
  let best: { level: MailboxLevel; one: MailboxForm; other: MailboxForm } | null = null
  for (const one of a) {
    for (const other of b) {
      const level = compareTwo(one, other)
      if (best === null || rankOf(level) < rankOf(best.level)) best = { level, one, other }
    }
  }
  return best === null ? { level: 'none', owners: '', hosts: '', digits: '' } : detailed(best)
}

function rankOf(level: MailboxLevel): number {
  return RANK.get(level) ?? 0
}

function detailed({
  level,
  one,
  other
}: {
  level: MailboxLevel
  one: MailboxForm
  other: MailboxForm
}): MailboxComparison {
  const isOrdered = one.owner < other.owner
  const [hasOne, hasOther] = [one.digits !== '', other.digits !== '']
  return {
    level,
    owners: isOrdered ? `${one.owner} ${other.owner}` : `${other.owner} ${one.owner}`,
    hosts: one.repaired === other.repaired ? 'one' : 'two',
    digits:
      hasOne && hasOther
        ? one.digits === other.digits
          ? 'same'
          : 'differ'
        : hasOne || hasOther
          ? 'one'
          : 'none'
  }
}

function compareTwo(a: MailboxForm, b: MailboxForm): MailboxLevel {
  const isOneHost = a.repaired === b.repaired
  if (a.local === b.local) {
    if (isOneHost && a.kind === 'role') return 'role'
    if (a.domain === b.domain) return 'same'
    if (isOneHost) return 'repaired'
  }
  if (isOneHost && isCompanyDomain(a)) {
    return a.kind === 'own' && b.kind === 'own' && isSlip(a, b) ? 'typo' : 'company'
  }
  if (a.kind === 'role' || b.kind === 'role') return 'differ'
  return compareLocals(a, b, isOneHost)
}

function compareLocals(a: MailboxForm, b: MailboxForm, isOneHost: boolean): MailboxLevel {
  const areLettersSame = a.letters === b.letters
  const areDigitsSame = a.digits === b.digits
  const areNamed = isNamed(a) && isNamed(b)
  if (areLettersSame && areDigitsSame) {
    if (isOneHost) return 'typo'
    const isDistinctive = !areNamed || a.digits.length > 1
    return isDistinctive && a.local.length >= MIN_DISTINCTIVE ? 'local' : 'name'
  }
  if (areLettersSame && a.letters.length > 2) return 'number'
  if (isOneHost && areDigitsSame && isSlip(a, b)) return 'typo'
  if (areNamed && a.digits.length > 1 && areDigitsSame) return 'digits'
  return areNamed ? 'named' : 'differ'
}

function isNamed({ owner }: MailboxForm): boolean {
  return owner !== 'handle'
}

/** Shorter local parts are shared by strangers. */
const MIN_DISTINCTIVE = 5

function isSlip(a: MailboxForm, b: MailboxForm): boolean {
  const short = Math.min(a.local.length, b.local.length)
  return short >= MIN_DISTINCTIVE && editDistance(a.local, b.local, 1) === 1
}
