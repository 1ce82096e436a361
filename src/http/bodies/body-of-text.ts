import type { DecodedText } from '../../decoding/decode-text.ts'
import type { UnmappedValue } from '../../domain/leads/lead.ts'
import { escapePointer } from '../../domain/text/json-pointer.ts'
import { jsonFields } from '../../inbound/json-form.ts'
import { heldLeads, isAnswers } from '../../inbound/several-leads.ts'
import type { LeadItem } from '../../inbound/several-leads.ts'
import { problems } from '../problems.ts'
import type { Problem } from '../problems.ts'
import type { DocumentBody, ReadBody, UnreadableBody } from './body-kinds.ts'
import { POINT, unsupported } from './media-types.ts'

/** What was repaired in the decoding of a JSON text is about the whole body. */
export function withJson(
  { value, repairs }: { value: unknown; repairs: UnmappedValue[] },
  decoded: DecodedText,
  { isNamed, otherwise }: { isNamed: boolean; otherwise: DocumentBody | null }
): ReadBody {
  if (!isNamed && (typeof value !== 'object' || value === null)) throw unsupported()
  const told = [...decoded.repairs.map((repair) => ({ ...repair, path: '' })), ...repairs]
  const text = storable(decoded.text)
  const body = { text, mediaType: 'application/json' }
  if (isAnswers(value)) {
    return { ...body, posted: { kind: 'form', fields: jsonFields(value), repairs: told } }
  }
  const held = heldLeads(value)
  const { items, left } = reachedItems(held?.items ?? [], isMended(repairs))
  const [only, ...others] = items
  const all = [...told, ...left, ...besideOf(held?.beside ?? {})]
  if (held && others.length > 0) {
    return { ...body, posted: { kind: 'several', items, repairs: all, document: decoded } }
  }
  const isCut = repairs.some(({ code }) => code === 'cut_document')
  const fault = isCut ? problems.badRequest(CUT) : noObject(value)
  const unread =
    fault || isMended(repairs) ? unreadable(decoded, fault, body.mediaType).posted : null
  return {
    ...body,
    posted: {
      kind: 'json',
      value: only?.value ?? value,
      repairs: all,
      pointer: only?.pointer ?? '',
      otherwise: otherwise?.posted ?? unread
    }
  }
}

/** The leads of a body; of one that was mended, what has no e-mail and no phone is none, and told. */
function reachedItems(
  given: readonly LeadItem[],
  isOpen: boolean
): { items: LeadItem[]; left: UnmappedValue[] } {
  const isReached = ({ value }: LeadItem) => POINT.test(JSON.stringify(value))
  if (!isOpen || !given.some(isReached)) return { items: [...given], left: [] }
  const left = given.filter((item) => !isReached(item))
  return {
    items: given.filter(isReached),
    left: left.map(({ value, pointer }): UnmappedValue => ({
      path: pointer,
      text: JSON.stringify(value).slice(0, MAX_TOLD).toWellFormed(),
      code: 'unknown_member'
    }))
  }
}

const MAX_TOLD = 2_000

/** A text, a number or a list of them may have the phone of a person in it. */
function noObject(value: unknown): Problem | null {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? null : problems.validation([{ pointer: '', message: 'must be object' }])
}

/** What stands beside the leads of a body is of none of its members. */
function besideOf(beside: Record<string, unknown>): UnmappedValue[] {
  return Object.entries(beside).flatMap(([name, value]): UnmappedValue[] => {
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    const path = `/${escapePointer(name)}`
    return value === null || text === '' ? [] : [{ path, text, code: 'unknown_member' }]
  })
}

const CUT = 'The body is not valid JSON: it is cut off.'

/** Whether the body was no JSON before it was mended, or stood in another text: its sender corrects nothing. */
export function isMended(repairs: readonly UnmappedValue[]): boolean {
  return repairs.some(({ code }) => code !== undefined && MENDED.has(code))
}

const MENDED: ReadonlySet<UnmappedValue['code']> = new Set([
  'repaired_json',
  'cut_document',
  'text_around_document'
])

/** A text that is none of the forms of a lead, as it is kept. */
export function unreadable(
  document: DecodedText,
  problem: Problem | null,
  mediaType: string
): ReadBody & { posted: UnreadableBody } {
  const known = mediaType === '' ? 'text/plain' : mediaType
  return {
    posted: { kind: 'unreadable', document, problem },
    text: storable(document.text),
    mediaType: known
  }
}

/** PostgreSQL stores no NUL: its symbol shows where one was. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\u2400')
}
