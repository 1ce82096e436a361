import type { UnmappedValue } from '../domain/leads/lead.ts'
import { isIdentifier } from '../inbound/form-words.ts'
import { jsonFields } from '../inbound/json-form.ts'
import { readLeadForm } from '../inbound/lead-form.ts'
import { parseCapturedJson } from './bodies/json-body.ts'

interface Places {
  hasPlace: (parts: readonly string[]) => boolean
}

/** The members of a body without `contact` that are of the person, by their names. */
export interface FlatContact {
  moved: UnmappedValue[]
  /** Whether the member at this pointer is one of them, or holds only them. */
  isMoved: (pointer: string) => boolean
}

/** Null: none of them is an e-mail or phone. */
export function readFlatContact(
  posted: Record<string, unknown>,
  places: Places
): FlatContact | null {
  const fields = jsonFields(posted)
  const form = readLeadForm(fields, {
    hasPlace: (parts) => places.hasPlace(parts),
    customFields: []
  })
  const left = new Set(form.unmapped.map(({ path }) => path))
  const taken = new Map(
    Array.from(form.sentAt).flatMap(([place, sent]) => {
      const name = sent.slice(sent.lastIndexOf('/') + 1)
      const isOfPerson = place.startsWith('/contact/') && !isIdentifier(name) && !left.has(sent)
      return isOfPerson ? [[sent, place] as const] : []
    })
  )
  if (!Array.from(taken.values()).some((place) => POINT.test(place))) return null
  const isUnder = (path: string, pointer: string) =>
    path === pointer || path.startsWith(`${pointer}/`)
  return {
    moved: fields.flatMap(({ pointer, text }): UnmappedValue[] =>
      pointer !== undefined && taken.has(pointer)
        ? [{ path: pointer, text, code: 'unknown_member' }]
        : []
    ),
    isMoved: (pointer) =>
      Array.from(taken.keys()).some((sent) => isUnder(sent, pointer)) &&
      !Array.from(left).some((path) => isUnder(path, pointer))
  }
}

const POINT = /^\/contact\/(?:email|phone|otherEmails|otherPhones)(?:\/|$)/

const MAX_WRITTEN = 100_000

/** The body with members that are JSON in a text, as programs write it that encode a list alone. They are told. */
export function withWrittenMembers(
  posted: Record<string, unknown>,
  repairs: readonly UnmappedValue[]
): { posted: Record<string, unknown>; repairs: UnmappedValue[] } {
  const told: UnmappedValue[] = []
  const members = Object.entries(posted).map(([name, value]): [string, unknown] => {
    const read = WRITTEN.test(name) && typeof value === 'string' ? parsedOrNull(value) : null
    if (read === null) return [name, value]
    told.push({ path: `/${name}`, text: 'JSON', code: 'escaped_document' })
    return [name, read]
  })
  if (told.length === 0) return { posted, repairs: [...repairs] }
  return { posted: Object.fromEntries(members), repairs: [...repairs, ...told] }
}

/** Members that are objects or lists. */
const WRITTEN =
  /^(?:contact|vehicles|consents|attribution|customFields|timeframe|prequalification)$/

function parsedOrNull(text: string): object | null {
  if (!/^\s{0,20}[{[]/.test(text) || text.length > MAX_WRITTEN) return null
  const read = parseCapturedJson(text)
  if ('problem' in read || typeof read.value !== 'object') return null
  return Array.isArray(read.value) || !text.trimStart().startsWith('[') ? read.value : [read.value]
}
