import type { PairLevels } from './pair-levels.ts'

/** The fields of a lead by which people are compared. */
export const COMPARED_FIELDS = [
  'contact.email',
  'contact.phone',
  'contact.firstName',
  'contact.lastName',
  'contact.address',
  'contact.companyName'
] as const
export type ComparedField = (typeof COMPARED_FIELDS)[number]

/** A part of the model: each value that it can have has a weight. */
interface Feature {
  name: string
  /** The fields that it speaks of: they share its weight. */
  fields: readonly ComparedField[]
  /** The value for two people; an empty one has no weight. */
  of: (levels: PairLevels, classes: PairClasses) => string
}

/** Levels in few classes, for what fields say together. */
interface PairClasses {
  first: string
  last: string
  mailbox: string
  phone: string
  place: string
}

const EMAIL = 'contact.email'
const PHONE = 'contact.phone'
const FIRST = 'contact.firstName'
const LAST = 'contact.lastName'
const ADDRESS = 'contact.address'
const COMPANY = 'contact.companyName'

/** What each field says, and then what fields say together: families share phones, and colleagues offices. */
export const FEATURES: readonly Feature[] = [
  { name: 'first', fields: [FIRST], of: ({ first }) => first },
  { name: 'last', fields: [LAST], of: ({ last }) => last },
  { name: 'mailbox', fields: [EMAIL], of: ({ mailbox }) => mailbox },
  {
    name: 'mailboxes',
    fields: [EMAIL],
    of: ({ mailbox, owners, hosts, digits }) =>
      owners === '' ? '' : `${mailbox} ${owners} ${hosts} ${digits}`
  },
  {
    name: 'guess',
    fields: [EMAIL],
    of: ({ guess, mailbox, first, last }) =>
      guess === 'none' ? '' : `${guess} ${mailbox} ${first} ${last}`
  },
  { name: 'phone', fields: [PHONE], of: ({ phone }) => phone },
  { name: 'place', fields: [ADDRESS], of: ({ place }) => place },
  {
    name: 'company',
    fields: [COMPANY],
    of: ({ company }) => (company === 'none' ? '' : company)
  },
  {
    name: 'country',
    fields: [ADDRESS],
    of: ({ country }) => (country === 'none' ? '' : country)
  },
  {
    name: 'first-frequency',
    fields: [FIRST],
    of: ({ first, firstFrequency }) => `${first} ${firstFrequency}`
  },
  {
    name: 'last-frequency',
    fields: [LAST],
    of: ({ last, lastFrequency }) => `${last} ${lastFrequency}`
  },
  {
    name: 'moved',
    fields: [FIRST, LAST],
    of: ({ isMoved, first, last }) => (isMoved ? `${first} ${last}` : '')
  },
  {
    name: 'generation',
    fields: [FIRST],
    of: ({ areGenerations }) => (areGenerations ? 'differ' : '')
  },
  { name: 'names', fields: [FIRST, LAST], of: ({ first, last }) => `${first} ${last}` },
  { name: 'points', fields: [EMAIL, PHONE], of: ({ mailbox, phone }) => `${mailbox} ${phone}` },
  {
    name: 'names-mailbox',
    fields: [FIRST, LAST, EMAIL],
    of: ({ mailbox, owners }, { first, last }) =>
      `${first} ${last} ${mailbox} ${isShared(mailbox) ? owners : ''}`
  },
  {
    name: 'names-phone',
    fields: [FIRST, LAST, PHONE],
    of: ({ phone }, { first, last }) => `${first} ${last} ${phone}`
  },
  {
    name: 'mailboxes-phone',
    fields: [EMAIL, PHONE],
    of: ({ mailbox, owners, hosts, digits }, { first, last, phone }) =>
      isShared(mailbox) || owners === '' || !isAlike(first) || !isAlike(last)
        ? ''
        : `${phone} ${owners} ${hosts} ${digits}`
  },
  {
    name: 'company-points',
    fields: [COMPANY],
    of: ({ company, first }, { mailbox, phone }) =>
      company === 'none' ? '' : `${company} ${first} ${mailbox} ${phone}`
  },
  {
    name: 'names-place',
    fields: [FIRST, LAST, ADDRESS],
    of: ({ place, lastFrequency }, { first, last }) => `${first} ${last} ${place} ${lastFrequency}`
  },
  {
    name: 'names-points',
    fields: [FIRST, LAST, EMAIL, PHONE],
    of: (_, { first, last, mailbox, phone }) => `${first} ${last} ${mailbox} ${phone}`
  },
  {
    name: 'points-place',
    fields: [EMAIL, PHONE, ADDRESS],
    of: (_, { mailbox, phone, place }) => `${mailbox} ${phone} ${place}`
  },
  {
    name: 'all',
    fields: [FIRST, LAST, EMAIL, PHONE, ADDRESS],
    of: ({ firstFrequency, lastFrequency }, { first, last, mailbox, phone, place }) =>
      `${first} ${last} ${mailbox} ${phone} ${place} ${firstFrequency + lastFrequency}`
  }
]

/** A class of names that agree, but for spelling. */
function isAlike(name: string): boolean {
  return name === 'same' || name === 'like'
}

function isShared(mailbox: PairLevels['mailbox']): boolean {
  return mailbox === 'same' || mailbox === 'repaired'
}

const FIRST_CLASS: Readonly<Record<PairLevels['first'], string>> = {
  ...{ equal: 'same', more: 'same', nickname: 'like', typo: 'like', initial: 'initial' },
  ...{ half: 'other', gender: 'other', differ: 'other', missing: 'none', none: 'none' }
}
const LAST_CLASS: Readonly<Record<PairLevels['last'], string>> = {
  ...{ both: 'same', equal: 'same', part: 'same', typo: 'like', second: 'second' },
  ...{ cousin: 'cousin', gender: 'gender', initial: 'initial', differ: 'other' },
  ...{ missing: 'none', none: 'none' }
}
const MAILBOX_CLASS: Readonly<Record<PairLevels['mailbox'], string>> = {
  ...{ same: 'same', repaired: 'same', role: 'role', typo: 'near', local: 'near' },
  ...{ name: 'weak', digits: 'weak', number: 'number', company: 'company' },
  ...{ named: 'other', differ: 'other', missing: 'none', none: 'none' }
}
const PHONE_CLASS: Readonly<Record<PairLevels['phone'], string>> = {
  ...{
    same: 'same',
    landline: 'landline',
    national: 'same',
    slip: 'near',
    next: 'next',
    differ: 'other'
  },
  ...{ missing: 'none', none: 'none' }
}
const PLACE_CLASS: Readonly<Record<PairLevels['place'], string>> = {
  ...{ code: 'same', slip: 'same', city: 'same', area: 'area', moved: 'other' },
  ...{ elsewhere: 'other', none: 'none' }
}

export function pairClasses(levels: PairLevels): PairClasses {
  return {
    first: FIRST_CLASS[levels.first],
    last: LAST_CLASS[levels.last],
    mailbox: MAILBOX_CLASS[levels.mailbox],
    phone: PHONE_CLASS[levels.phone],
    place: PLACE_CLASS[levels.place]
  }
}
