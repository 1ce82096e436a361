import { isOfAnother, isOtherParty } from '../domain/contacts/point-names.ts'
import type { FormField } from './form-field.ts'
import { isHolder, partsOf } from './form-words.ts'

/** The path of the lead field that the form field of this index names; empty: it names none. */
type PathOf = (index: number) => string

/** What is called so tells about the form. */
const ABOUT = new Set(['form', 'meta', 'definition', 'site', 'page', 'variables', 'context'])

/**
 * The fields that name the form and no person, by their index: those beside the answers, where the answers
 * have an e-mail or phone. `{name, data: {email}}` has the name of a form, `{name, contacts: {email}}` does not.
 */
export function aboutForm(fields: readonly FormField[], pathOf: PathOf): Set<number> {
  const read = fields.map((field, index) => ({
    index,
    holder: [...(field.within ?? []), ...partsOf(field.name).slice(0, -1)],
    path: pathOf(index)
  }))
  const withPoint = read.filter(({ path }) => /^contact\.(?:email|phone)$/.test(path))
  const holders = withPoint
    .map(({ holder }) => holder)
    .filter((holder) => !ABOUT.has(holder.at(-1) ?? '') || withPoint.length === 1)
  if (holders.length === 0 || holders.some((holder) => holder.length === 0)) return new Set()
  const isInside = (holder: readonly string[]) => holders.some((one) => isUnder(holder, one))
  const hasName = read.some(({ path, holder }) => NAME.test(path) && isInside(holder))
  const outside = read.filter(({ path, holder }) => {
    if (!NAME.test(path) || isInside(holder)) return false
    const isAbout = holder.some((part) => ABOUT.has(part))
    const isBeside = holders.some(
      (one) => isUnder(one, holder) && isHolder(one[holder.length] ?? '')
    )
    return hasName || isAbout || isBeside
  })
  return new Set(outside.map(({ index }) => index))
}

/**
 * The fields of another party than the person, by their index: `dealer[email]`, `assigned_to[name]`. A `seller` or
 * `owner` may be the person, and is where no other party has an e-mail or phone.
 */
export function ofOtherParties(fields: readonly FormField[], pathOf: PathOf): Set<number> {
  const read = fields.map((field, index) => ({ index, party: partyOf(field), path: pathOf(index) }))
  const isReached = read.some(({ party, path }) => party === null && POINT.test(path))
  const others = read.filter(
    ({ party, path }) =>
      path.startsWith('contact.') && (party === 'other' || (party === 'either' && isReached))
  )
  return new Set(others.map(({ index }) => index))
}

/** Whether a field belongs to another than the person, by what holds it; null: nothing says so. */
export function partyOf({ name, within = [] }: Pick<FormField, 'name' | 'within'>) {
  // Who buys together with another may be the one who asks.
  const holders = [...within, ...partsOf(name).slice(0, -1)].map(
    (part) => isOtherParty(part) ?? (isOfAnother(part) ? 'either' : null)
  )
  return holders.find((party) => party !== null) ?? null
}

const POINT = /^contact\.(?:email|phone|otherEmails|otherPhones)$/
const NAME = /^contact\.(?:\w{1,10}Name|nameSuffix)$/

function isUnder(holder: readonly string[], other: readonly string[]): boolean {
  return other.every((part, at) => part === holder[at])
}
