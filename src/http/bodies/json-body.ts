import { withExactNumbers } from '../../decoding/exact-numbers.ts'
import { readMendedJson } from '../../decoding/mended-json.ts'
import { linesOfObjects, splitObjects } from '../../decoding/several-json.ts'
import type { UnmappedValue } from '../../domain/leads/lead.ts'
import { MAX_JSON_DEPTH, isNestedTooDeep } from '../../domain/text/json-depth.ts'
import { escapePointer } from '../../domain/text/json-pointer.ts'
import { findRepeatedMembers, withJoined } from '../../domain/text/repeated-members.ts'
import { problems } from '../problems.ts'
import type { Problem } from '../problems.ts'

/** Escapes that may stand for what PostgreSQL can't store: NUL, and halves of surrogate pairs. */
export const SUSPICIOUS = /\\u(0000|[dD][89a-fA-F])/

/** Escapes of control characters that no person types and XML can't hold. */
const CONTROL_ESCAPE = /\\(?:u00(?:0[0-8bcefBCEF]|1[\da-fA-F])|[bf])/

/** Names that would reach into the prototypes of objects. */
const PROTOTYPES = /"(?:__proto__|prototype|constructor|[^"]*\\u00[^"]*)"/

const TOO_DEEP = `is nested deeper than ${MAX_JSON_DEPTH} levels`

/** Why a text is refused, and whether it is no JSON at all. */
interface JsonFault {
  problem: Problem
  isMalformed: boolean
}

/** The value of a JSON text, or the problem with it. */
export function parseJson(text: string): { value: unknown } | JsonFault {
  const parsed = parseText(text)
  if (!('value' in parsed) || !PROTOTYPES.test(text)) return parsed
  const problem = prototypeProblem(parsed.value)
  return problem ? { problem, isMalformed: false } : parsed
}

function parseText(text: string): { value: unknown } | JsonFault {
  if (isNestedTooDeep(text)) {
    const problem = problems.validation([{ pointer: '', message: TOO_DEEP }])
    return { problem, isMalformed: false }
  }
  try {
    return { value: JSON.parse(withExactNumbers(text.replace(/^\ufeff/, ''))) }
  } catch {
    return { problem: problems.badRequest('The body is not valid JSON.'), isMalformed: true }
  }
}

function prototypeProblem(value: unknown): Problem | null {
  const name = findPrototypeName(value)
  if (name === null) return null
  return problems.badRequest(`The body has the member ${name}, which is not accepted in JSON here.`)
}

type CapturedJson = { value: unknown; repairs: UnmappedValue[] } | JsonFault

/** A text of JSON can be one in another, as where a program wrote it twice. */
const MAX_WRITTEN = 2

/**
 * The value of a captured lead's JSON text, which is read where a person would read it: what is not well-formed is
 * mended, characters that can't be stored are replaced, members that are there twice or would reach into the
 * prototypes of objects are told, and an object that is alone in a list is the lead.
 */
export function parseCapturedJson(text: string, writtenLeft = MAX_WRITTEN): CapturedJson {
  const parsed = parseText(text)
  const read =
    'value' in parsed
      ? withRepeated(parsed.value, text)
      : mended(QUOTES_OF_HTML.test(text) ? withPlainQuotes(text) : text, parsed)
  if ('problem' in read) return read
  const { value } = read
  if (typeof value === 'string' && writtenLeft > 0 && /^\s*(?:[{[]|"\s*[{[\\"])/.test(value)) {
    const inner = parseCapturedJson(value, writtenLeft - 1)
    if ('problem' in inner) return inner
    const told = { path: '', text: 'JSON', code: 'escaped_document' as const }
    return { value: inner.value, repairs: [told, ...inner.repairs] }
  }
  return { ...read, value: aloneIn(value) }
}

/** JSON that went through a page has references of HTML for its quotes. */
const QUOTES_OF_HTML = /^\s{0,20}(?:\[\s{0,20})?\{\s{0,20}&(?:quot|#34|#x22);/i

function withPlainQuotes(text: string): string {
  return text.replace(/&(?:quot|#34|#x22);/gi, '"')
}

function aloneIn(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? aloneIn(value[0]) : value
}

/** The value of a well-formed text. */
function withRepeated(given: unknown, json: string) {
  const repeated = findRepeatedMembers(json)
  const value = repeated.length > 0 ? withJoined(given, repeated) : given
  const repairs = repeated.map(({ pointer, text }): UnmappedValue => ({
    path: pointer,
    text,
    code: 'repeated_member'
  }))
  const isPlain = !SUSPICIOUS.test(json) && !CONTROL_ESCAPE.test(json) && !PROTOTYPES.test(json)
  return { value: isPlain ? value : storable(value, '', repairs), repairs }
}

/** The value of a text that is not well-formed, or the problem with it. */
function mended(text: string, fault: JsonFault): CapturedJson {
  const read = fault.isMalformed ? (readSeveral(text) ?? readMendedJson(text)) : null
  if (!read) return fault
  const repairs = [...read.repairs]
  return { value: storable(read.value, '', repairs), repairs }
}

/** More objects one after the other are no leads of one body. */
const MAX_PIECES = 2_000

/** Several objects as a list of them, each mended where it has to be; null: the text is something else. */
function readSeveral(text: string): { value: unknown; repairs: UnmappedValue[] } | null {
  const pieces = splitObjects(text) ?? linesOfObjects(text)
  if (!pieces || pieces.length > MAX_PIECES) return null
  const value: unknown[] = []
  const repairs: UnmappedValue[] = [{ path: '', text: '', code: 'repaired_json' }]
  for (const [at, piece] of pieces.entries()) {
    const parsed = parseText(piece)
    const mended = 'isMalformed' in parsed && parsed.isMalformed ? readMendedJson(piece) : null
    const read = 'value' in parsed ? parsed : mended
    if (!read) return null
    value.push(read.value)
    const own = mended?.repairs ?? []
    repairs.push(...own.map((repair) => ({ ...repair, path: `/${at}${repair.path}` })))
  }
  return { value, repairs }
}

/** The value without control characters, which become blanks, and halves of pairs, which become U+FFFD. */
function storable(value: unknown, pointer: string, repairs: UnmappedValue[]): unknown {
  if (typeof value === 'string') return storableText(value, pointer, repairs)
  if (Array.isArray(value)) {
    return value.map((item, index) => storable(item, `${pointer}/${index}`, repairs))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => {
      const known = storableText(name, pointer, repairs)
      const at = `${pointer}/${escapePointer(known)}`
      if (isOfPrototypes(name, member)) {
        const text = JSON.stringify(member)
        repairs.push({ path: at, text: text.slice(0, MAX_TOLD), code: 'unknown_member' })
        return []
      }
      return [[known, storable(member, at, repairs)]]
    })
  )
}

const MAX_TOLD = 2_000

function storableText(text: string, path: string, repairs: UnmappedValue[]): string {
  const plain = text.toWellFormed().replace(CONTROL, ' ')
  if (plain === text) return text
  const given = text.toWellFormed().replace(CONTROL, pictureOf)
  repairs.push({ path, text: given, code: 'replaced_character' })
  return plain
}

const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g

/** The sign of Unicode that shows a control character. */
function pictureOf(control: string): string {
  return String.fromCharCode(0x2400 + control.charCodeAt(0))
}

function findPrototypeName(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return null
  for (const [name, member] of Object.entries(value)) {
    if (isOfPrototypes(name, member)) return name === '__proto__' ? name : `${name}.prototype`
    const found = findPrototypeName(member)
    if (found !== null) return found
  }
  return null
}

function isOfPrototypes(name: string, member: unknown): boolean {
  if (name === '__proto__') return true
  const isOwn = typeof member === 'object' && member !== null && Object.hasOwn(member, 'prototype')
  return name === 'constructor' && isOwn
}
