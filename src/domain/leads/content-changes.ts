import { escapePointer } from '../text/json-pointer.ts'
import { withoutTokens } from './hidden-tokens.ts'
import type { LeadContent } from './lead.ts'

/** A member of a lead with another value than before; null is an absent value. */
export interface ContentChange {
  /** RFC 6901, such as `/contact/firstName`. */
  path: string
  from: unknown
  to: unknown
}

/** Times that differ whenever a form is sent, and texts that have a normalised value beside them. */
const IGNORED = /^\/(?:submittedAt|consents\/\d+\/givenAt|contact\/(?:emails|phones)\/\d+\/raw)$/

/** The differences of two requests of one person, save those of every sending of a form, such as its tokens. */
export function contentChanges(before: LeadContent, after: LeadContent): ContentChange[] {
  return changesAt('', withoutTokens(before), withoutTokens(after)).filter(
    ({ path }) => !IGNORED.test(path)
  )
}

/** The values that are new: absent ones are not, nor those that are `known` at the same path. */
export function newChanges(
  changes: readonly ContentChange[],
  known: readonly ContentChange[]
): ContentChange[] {
  return changes.filter(
    ({ path, to }) =>
      to !== null &&
      !known.some((one) => one.path === path && changesAt('', one.to, to).length === 0)
  )
}

/**
 * The texts of a value at any depth, each once, as people are told it: an e-mail or phone is its address or number,
 * and not its text as given again.
 */
export function textsOfValue(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)]
  if (typeof value !== 'object' || value === null) return []
  const members = Object.entries(value).filter(
    ([name, member]) => name !== 'raw' && !(name === 'type' && member === 'voice')
  )
  return [...new Set(members.flatMap(([, member]) => textsOfValue(member)))]
}

/** Compares values as JSON: the order of members says nothing, and an absent one is null. */
function changesAt(path: string, from: unknown, to: unknown): ContentChange[] {
  if (!isBranch(from) || !isBranch(to)) {
    return (from ?? null) === (to ?? null) ? [] : [{ path, from: from ?? null, to: to ?? null }]
  }
  const [before, after] = [new Map(Object.entries(from)), new Map(Object.entries(to))]
  const names = new Set([...before.keys(), ...after.keys()])
  return [...names].flatMap((name) =>
    changesAt(`${path}/${escapePointer(name)}`, before.get(name), after.get(name))
  )
}

function isBranch(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}
