import type { ComparedField } from './pair-features.ts'
import type { PairLevels } from './pair-levels.ts'

/**
 * How one field of two records compares, in words that a salesperson knows.
 *
 * - `same`
 * - `similar`: the same, but for spelling: a slip of typing, one surname of two, a town of the same region
 * - `nickname`: one first name is a form of the other
 * - `initial`: one name is the initial of the other
 * - `different`
 */
export const FIELD_AGREEMENTS = ['same', 'similar', 'nickname', 'initial', 'different'] as const
export type FieldAgreement = (typeof FIELD_AGREEMENTS)[number]

/** A null is a field that is missing on a side: it gives no reason. */
const FIRST: Readonly<Record<PairLevels['first'], FieldAgreement | null>> = {
  ...{ equal: 'same', more: 'similar', nickname: 'nickname', typo: 'similar', initial: 'initial' },
  ...{ half: 'different', gender: 'different', differ: 'different', missing: null, none: null }
}
const LAST: Readonly<Record<PairLevels['last'], FieldAgreement | null>> = {
  ...{ both: 'same', equal: 'same', part: 'similar', typo: 'similar', second: 'similar' },
  ...{ gender: 'similar', cousin: 'different', initial: 'initial', differ: 'different' },
  ...{ missing: null, none: null }
}
const MAILBOX: Readonly<Record<PairLevels['mailbox'], FieldAgreement | null>> = {
  ...{ same: 'same', role: 'same', repaired: 'similar', typo: 'similar', local: 'similar' },
  ...{ name: 'different', digits: 'different', number: 'different', company: 'different' },
  ...{ named: 'different', differ: 'different', missing: null, none: null }
}
const PHONE: Readonly<Record<PairLevels['phone'], FieldAgreement | null>> = {
  ...{ same: 'same', landline: 'same', national: 'same', slip: 'similar', next: 'different' },
  ...{ differ: 'different', missing: null, none: null }
}
const PLACE: Readonly<Record<PairLevels['place'], FieldAgreement | null>> = {
  ...{ code: 'same', city: 'same', slip: 'similar', area: 'similar', moved: 'similar' },
  ...{ elsewhere: 'different', none: null }
}
const COMPANY: Readonly<Record<PairLevels['company'], FieldAgreement | null>> = {
  ...{ same: 'same', similar: 'similar', differ: 'different', none: null }
}

export function fieldAgreements(
  levels: PairLevels
): { field: ComparedField; agreement: FieldAgreement }[] {
  const compared: [ComparedField, FieldAgreement | null][] = [
    ['contact.email', MAILBOX[levels.mailbox]],
    ['contact.phone', PHONE[levels.phone]],
    ['contact.firstName', levels.areGenerations ? 'different' : FIRST[levels.first]],
    ['contact.lastName', LAST[levels.last]],
    ['contact.address', PLACE[levels.place]],
    ['contact.companyName', COMPANY[levels.company]]
  ]
  return compared.flatMap(([field, agreement]) =>
    agreement === null ? [] : [{ field, agreement }]
  )
}
