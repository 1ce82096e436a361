import { readMendedJson } from '../../decoding/mended-json.ts'
import type { UnmappedValue } from '../../domain/leads/lead.ts'
import { MAX_JSON_DEPTH, isNestedTooDeep } from '../../domain/text/json-depth.ts'
import { escapePointer } from '../../domain/text/json-pointer.ts'
import { findRepeatedMembers } from '../../domain/text/repeated-members.ts'
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
  if (isNestedTooDeep(text)) {
    const problem = problems.validation([{ pointer: '', message: TOO_DEEP }])
    return { problem, isMalformed: false }
  }
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return { problem: problems.badRequest('The body is not valid JSON.'), isMalformed: true }
  }
  const problem = PROTOTYPES.test(text) ? prototypeProblem(value) : null
  return problem ? { problem, isMalformed: false } : { value }
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
 * mended, characters that can't be stored are replaced, members that are there twice are told, and an object that
 * is alone in a list is the lead.
 */
export function parseCapturedJson(text: string, writtenLeft = MAX_WRITTEN): CapturedJson {
  const parsed = parseJson(text)
  const read = 'value' in parsed ? withRepeated(parsed.value, text) : mended(text, parsed)
  if ('problem' in read) return read
  const { value } = read
  if (typeof value === 'string' && writtenLeft > 0 && /^\s*[{[]/.test(value)) {
    const inner = parseCapturedJson(value, writtenLeft - 1)
    if ('problem' in inner) return inner
    const told = { path: '', text: 'JSON', code: 'escaped_document' as const }
    return { value: inner.value, repairs: [told, ...inner.repairs] }
  }
  return { ...read, value: Array.isArray(value) && value.length === 1 ? value[0] : value }
}

/** The value of a well-formed text. */
function withRepeated(given: unknown, json: string) {
  const repairs = findRepeatedMembers(json).map(({ pointer, text }): UnmappedValue => ({
    path: pointer,
    text,
    code: 'repeated_member'
  }))
  const isPlain = !SUSPICIOUS.test(json) && !CONTROL_ESCAPE.test(json)
  return { value: isPlain ? given : storable(given, '', repairs), repairs }
}

/** The value of a text that is not well-formed, or the problem with it. */
function mended(text: string, fault: JsonFault): CapturedJson {
  const read = fault.isMalformed ? readMendedJson(text) : null
  if (!read) return fault
  const problem = prototypeProblem(read.value)
  if (problem) return { problem, isMalformed: false }
  const repairs = [...read.repairs]
  return { value: storable(read.value, '', repairs), repairs }
}

/** The value without control characters, which become blanks, and halves of pairs, which become U+FFFD. */
function storable(value: unknown, pointer: string, repairs: UnmappedValue[]): unknown {
  if (typeof value === 'string') return storableText(value, pointer, repairs)
  if (Array.isArray(value)) {
    return value.map((item, index) => storable(item, `${pointer}/${index}`, repairs))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => {
      const known = storableText(name, pointer, repairs)
      return [known, storable(member, `${pointer}/${escapePointer(known)}`, repairs)]
    })
  )
}

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
  if (Object.hasOwn(value, '__proto__')) return '__proto__'
  const own: unknown = Object.hasOwn(value, 'constructor')
    ? (value as { constructor: unknown }).constructor
    : null
  if (typeof own === 'object' && own !== null && Object.hasOwn(own, 'prototype')) {
    return 'constructor.prototype'
  }
  for (const member of Object.values(value)) {
    const found = findPrototypeName(member)
    if (found !== null) return found
  }
  return null
}
