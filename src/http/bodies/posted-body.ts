import { documentFromBase64 } from '../../decoding/base64-text.ts'
import type { DecodedText } from '../../decoding/decode-text.ts'
import { decodeText } from '../../decoding/decode-text.ts'
import type { UnmappedValue } from '../../domain/leads/lead.ts'
import { DOCUMENT_FORMATS } from '../../inbound/formats.ts'
import type { Origin } from '../../decoding/plausibility.ts'
import type { DocumentFormat } from '../../inbound/format.ts'
import type { FormField } from '../../inbound/form-field.ts'
import { jsonFields } from '../../inbound/json-form.ts'
import { heldLeads, isAnswers } from '../../inbound/several-leads.ts'
import type { LeadItem } from '../../inbound/several-leads.ts'
import { escapePointer } from '../../domain/text/json-pointer.ts'
import { Problem, problems } from '../problems.ts'
import { isLabelled, isPairs, parseForm, textOfForm } from './form-body.ts'
import type { PostedForm } from './form-body.ts'
import { parseCapturedJson } from './json-body.ts'

/** The body of a capture by what it is, under any media type. */
export type PostedBody =
  | {
      kind: 'json'
      value: unknown
      repairs: UnmappedValue[]
      /** Where the lead stands in the body: `/leads/0` in one that only holds it. */
      pointer: string
      /** What it is where the JSON is no lead: it came under the media type of a document, or was mended. */
      otherwise: PostedDocument | UnreadableBody | null
    }
  | SeveralLeads
  | { kind: 'form'; fields: FormField[]; repairs: UnmappedValue[] }
  | UnreadableBody
  | PostedDocument

/** Several leads in one body of JSON. */
export interface SeveralLeads {
  kind: 'several'
  items: LeadItem[]
  repairs: UnmappedValue[]
  document: DecodedText
}

/** A body that is none of the forms of a lead; the problem is that of one in which nothing can reach a person. */
export interface UnreadableBody {
  kind: 'unreadable'
  document: DecodedText
  /** Null: that of the lead. */
  problem: Problem | null
}

export interface PostedDocument {
  kind: 'document'
  format: DocumentFormat
  bytes: Buffer
  charset: string | undefined
  mediaType: string
}

/** A body, and its text as it is kept; that of a document is known when it is read. */
export interface ReadBody {
  posted: PostedBody
  text: string
  mediaType: string
}

interface DocumentBody extends ReadBody {
  posted: PostedDocument
}

const URLENCODED = 'application/x-www-form-urlencoded'
const MULTIPART = 'multipart/form-data'
export const FORM_TYPES = [URLENCODED, MULTIPART]

/** Types that say nothing about a body: scripts of web pages send them where none is set. */
const VAGUE_TYPES = ['text/plain', 'application/octet-stream', '']

/** A page is no lead. Some senders call their XML one. */
const PAGE_TYPES = ['text/html', 'application/xhtml+xml']

const XML_TYPE = /^(?:application|text)\/[\w.-]+\+xml$/

/** As people write it into a setting: `json`, `application/json charset=utf-8`, `text/javascript`. */
const JSON_TYPE = /\b(?:x-)?(?:json[lp]?|ndjson|javascript)\b/

/** Commands to change a record, which are no leads. */
const PATCH_TYPE = /\b(?:json-patch|merge-patch)\b/

/** What names no type at all: `utf-8`, `text`, a pattern of an `Accept`. */
const NO_TYPE = /^[^/]*$|\*/

/**
 * Reads the bytes of a capture. A wrong media type is no reason to lose a lead: XML and JSON are known by their
 * first character, and a form by its marks. Throws a problem where the body is of a type that leads have not.
 */
export function readPostedBody(bytes: Buffer, contentType: string, origin: Origin): ReadBody {
  refuseMediaType(contentType)
  const mediaType = mediaTypeOf(contentType)
  const document = DOCUMENT_FORMATS.find(({ mediaTypes }) => mediaTypes.includes(mediaType))
  const isJson = JSON_TYPE.test(mediaType)
  const charset = charsetOf(contentType)
  if (mediaType === MULTIPART) {
    try {
      return readForm(bytes, contentType, { mediaType, origin })
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 400) throw error
      return unreadable(decodeText(bytes, charset, origin), error, mediaType)
    }
  }
  const mark = firstMark(bytes)
  if (PAGE_TYPES.includes(mediaType) && !ADF_TAG.test(bytes.toString('latin1'))) throw unsupported()
  const encoded = /[\w+/]/.test(mark) ? documentFromBase64(bytes) : null
  if (encoded && encoded.mark !== '<') {
    const json = encodedJson(encoded.bytes, charset, origin)
    if (json) return json
  }
  const isXml = mark === '<' || encoded?.mark === '<'
  if (document ? mark !== '{' : isXml) return asDocument(bytes, contentType, mediaType)
  const decoded = decodeText(bytes, charset, origin)
  if (mark !== '{' && mark !== '[' && looksLikeForm(decoded.text, mediaType)) {
    return readForm(bytes, contentType, { mediaType, origin })
  }
  const json = parseCapturedJson(decoded.text)
  const otherwise = document ? asDocument(bytes, contentType, mediaType) : null
  if ('value' in json) return withJson(json, decoded, { isNamed: isJson, otherwise })
  if (otherwise) return otherwise
  const isMeant = isJson || mark === '{' || mark === '['
  return unreadable(decoded, isMeant ? json.problem : unsupported(), mediaType)
}

/** JSON in base64, under any media type; null: it is none. */
function encodedJson(bytes: Buffer, charset: string | undefined, origin: Origin): ReadBody | null {
  const decoded = decodeText(bytes, charset, origin)
  const json = parseCapturedJson(decoded.text)
  if (!('value' in json)) return null
  const told = { path: '', text: 'base64', code: 'transfer_encoding' as const }
  const read = { ...json, repairs: [told, ...json.repairs] }
  return withJson(read, decoded, { isNamed: true, otherwise: null })
}

function unreadable(
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

const ADF_TAG = /<(?:\?adf\b|(?:[\w-]{1,20}:)?(?:adf|prospect)[\s>])/i

/** The first character that says something, behind byte order marks and blanks, in any encoding. */
function firstMark(bytes: Buffer): string {
  const head = bytes.subarray(0, 512).toString('latin1')
  return /[^\s\0\xef\xbb\xbf\xfe\xff]/.exec(head)?.[0] ?? ''
}

function charsetOf(contentType: string): string | undefined {
  return /charset="?([\w-]+)/i.exec(contentType)?.[1]
}

/** Throws where a body of this type is none that can be read, so that it need not come in. */
export function refuseMediaType(contentType: string): void {
  const mediaType = mediaTypeOf(contentType)
  const isDocument = DOCUMENT_FORMATS.some(({ mediaTypes }) => mediaTypes.includes(mediaType))
  const isKnown = [...FORM_TYPES, ...VAGUE_TYPES, ...PAGE_TYPES].includes(mediaType)
  const isJson = JSON_TYPE.test(mediaType) && !PATCH_TYPE.test(mediaType)
  const isNamed = isJson || XML_TYPE.test(mediaType) || NO_TYPE.test(mediaType)
  if (!isDocument && !isKnown && !isNamed) throw unsupported()
}

/** The header in the form of a media type: what else people write there says JSON, or nothing. */
export function wellFormedType(contentType: string): string {
  if (/^\s*[\w!#$&^.+-]+\/[\w!#$&^.+-]+\s*(?:;|$)/.test(contentType)) return contentType
  const type = JSON_TYPE.test(contentType.toLowerCase()) ? 'application/json' : 'text/plain'
  const charset = charsetOf(contentType)
  return charset === undefined ? type : `${type}; charset=${charset}`
}

function mediaTypeOf(contentType: string): string {
  return (contentType.split(';', 1)[0] ?? '').trim().toLowerCase()
}

/** What was repaired in the decoding of a JSON text is about the whole body. */
function withJson(
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
  const [only, ...others] = held?.items ?? []
  const all = [...told, ...besideOf(held?.beside ?? {})]
  if (held && others.length > 0) {
    const { items } = held
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

/** Whether the JSON was none before it was mended: its sender corrects nothing. */
export function isMended(repairs: readonly UnmappedValue[]): boolean {
  return repairs.some(({ code }) => code === 'repaired_json' || code === 'cut_document')
}

/** The bytes of a document; under the media type of another kind of body they are XML. */
function asDocument(bytes: Buffer, contentType: string, given: string): DocumentBody {
  const known = DOCUMENT_FORMATS.find(({ mediaTypes }) => mediaTypes.includes(given))
  const mediaType = known ? given : 'application/xml'
  const format = known ?? DOCUMENT_FORMATS.find(({ mediaTypes }) => mediaTypes.includes(mediaType))
  if (!format) throw unsupported()
  const charset = charsetOf(contentType)
  return { posted: { kind: 'document', format, bytes, charset, mediaType }, text: '', mediaType }
}

function readForm(
  bytes: Buffer,
  contentType: string,
  { mediaType, origin }: { mediaType: string; origin: Origin }
): ReadBody {
  const known = FORM_TYPES.includes(mediaType) || mediaType === 'text/plain'
  const form = parseForm(bytes, known ? contentType : URLENCODED, origin)
  const json = jsonInForm(form)
  if (json) return json
  return { posted: { kind: 'form', ...form }, text: textOfForm(form.fields), mediaType: URLENCODED }
}

/** A form whose only field is JSON, as scripts send it that encode a body twice. */
function jsonInForm({ fields, repairs }: PostedForm): ReadBody | null {
  const [field, ...others] = fields
  const text = field?.text.trim() === '' ? field.name : field?.text
  if (text === undefined || others.length > 0 || !/^\s*[{[]/.test(text)) return null
  const json = parseCapturedJson(text)
  if ('problem' in json || typeof json.value !== 'object') return null
  const told = { path: '', text: 'JSON', code: 'escaped_document' as const }
  const read = { ...json, repairs: [told, ...json.repairs] }
  return withJson(read, { text, repairs }, { isNamed: false, otherwise: null })
}

/** A body of a form's own type is one; another is where it has nothing but `name=value` in a form's marks. */
function looksLikeForm(text: string, mediaType: string): boolean {
  if (mediaType === URLENCODED) return true
  if (mediaType === 'text/plain' && (/^[^\s=]{1,100}=/.test(text) || isLabelled(text))) return true
  return isPairs(text)
}

/** PostgreSQL stores no NUL: its symbol shows where one was. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\u2400')
}

function unsupported() {
  return problems.unsupportedMediaType(
    `Leads are JSON, a form or a document: send application/json, ${[...FORM_TYPES, ...DOCUMENT_FORMATS.flatMap(({ mediaTypes }) => mediaTypes)].join(', ')}.`
  )
}
