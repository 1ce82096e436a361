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

/** The value of a JSON text, or the problem with it. */
export function parseJson(text: string): { value: unknown } | { problem: Problem } {
  if (isNestedTooDeep(text)) {
    return { problem: problems.validation([{ pointer: '', message: TOO_DEEP }]) }
  }
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return { problem: problems.badRequest('The body is not valid JSON.') }
  }
  const name = PROTOTYPES.test(text) ? findPrototypeName(value) : null
  if (name === null) return { value }
  const detail = `The body has the member ${name}, which is not accepted in JSON here.`
  return { problem: problems.badRequest(detail) }
}

/**
 * The value of a captured lead's JSON text, which is read where a person would read it: characters that can't be
 * stored and line breaks inside of texts are replaced, and members that are there twice are told.
 */
export function parseCapturedJson(
  text: string
): { value: unknown; repairs: UnmappedValue[] } | { problem: Problem } {
  const repairs: UnmappedValue[] = []
  let json = text
  let parsed = parseJson(json)
  if ('problem' in parsed && parsed.problem.type === 'bad-request') {
    json = escapeControls(text)
    if (json !== text) parsed = parseJson(json)
    if ('value' in parsed && json !== text) {
      repairs.push({ path: '', text: '', code: 'repaired_json' })
    }
  }
  if ('problem' in parsed) return parsed
  for (const { pointer, text: passed } of findRepeatedMembers(json)) {
    repairs.push({ path: pointer, text: passed, code: 'repeated_member' })
  }
  const isPlain = !SUSPICIOUS.test(json) && !CONTROL_ESCAPE.test(json)
  const value = isPlain ? parsed.value : storable(parsed.value, '', repairs)
  return { value, repairs }
}

/** Control characters inside of the strings of a JSON text as escapes; NUL too. */
function escapeControls(text: string): string {
  return text.replace(/"[^"\\]*(?:\\[^][^"\\]*)*"/g, (literal) =>
    literal.replace(/[\u0000-\u001f]/g, (character) => {
      return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
    })
  )
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
