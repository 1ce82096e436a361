import { DOCUMENT_FORMATS } from '../../inbound/formats.ts'
import { problems } from '../problems.ts'

export const URLENCODED = 'application/x-www-form-urlencoded'
export const MULTIPART = 'multipart/form-data'
export const FORM_TYPES = [URLENCODED, MULTIPART]

/** Types that say nothing about a body: scripts of web pages send them where none is set. */
const VAGUE_TYPES = ['application/octet-stream', '']

/** A text may be anything; the other kinds of multipart have the parts of a mail. */
const TEXT_TYPE = /^(?:text|multipart)\/|^application\/(?:xhtml\+xml|(?:x-|vnd\.)?yaml)$/

/** A table, each line of which is one person. */
export const TABLE_TYPE = /^(?:text|application)\/(?:csv|x-csv|tab-separated-values)$/

const XML_TYPE = /^(?:application|text)\/[\w.-]+\+xml$/

/** As people write it into a setting: `json`, `application/json charset=utf-8`, `text/javascript`. */
export const JSON_TYPE = /\b(?:x-)?(?:json[lp]?|ndjson|javascript)\b/

/** Commands to change a record, which are no leads. */
const PATCH_TYPE = /\b(?:json-patch|merge-patch)\b/

/** What names no type at all: `utf-8`, `text`, a pattern of an `Accept`. */
const NO_TYPE = /^[^/]*$|\*/

/** A larger body of a type that leads have not is what its type says: a picture, a document of a printer. */
const MAX_MISLABELLED = 100_000

/**
 * Throws where a body of this type and of so many bytes is none that can be read, so that it need not come in. The
 * type of a small one may be wrong.
 */
export function refuseMediaType(contentType: string, bytes: number): void {
  const isSmall = bytes <= MAX_MISLABELLED && !PATCH_TYPE.test(mediaTypeOf(contentType))
  if (!isTypeOfLeads(contentType) && !isSmall) throw unsupported()
}

/** Whether leads come under this media type. */
export function isTypeOfLeads(contentType: string): boolean {
  const mediaType = mediaTypeOf(contentType)
  const isDocument = DOCUMENT_FORMATS.some(({ mediaTypes }) => mediaTypes.includes(mediaType))
  const isKnown = [...FORM_TYPES, ...VAGUE_TYPES].includes(mediaType)
  const isText = [TEXT_TYPE, TABLE_TYPE, XML_TYPE, NO_TYPE].some((type) => type.test(mediaType))
  const isJson = JSON_TYPE.test(mediaType) && !PATCH_TYPE.test(mediaType)
  return isDocument || isKnown || isText || isJson
}

/** The header in the form of a media type: what else people write there says JSON, or nothing. */
export function wellFormedType(contentType: string): string {
  if (/^\s*[\w!#$&^.+-]+\/[\w!#$&^.+-]+\s*(?:;|$)/.test(contentType)) return contentType
  const text = asTextType(charsetOf(contentType))
  return JSON_TYPE.test(contentType.toLowerCase())
    ? text.replace('text/plain', 'application/json')
    : text
}

/** Bytes that no text has. */
export const CONTROL = /[\u0000-\u0008\u000e-\u001a]/
/** An e-mail, or the digits of a phone. */
export const POINT = /@|%40|\d(?:[\s()+.-]?\d){5}/

export function mediaTypeOf(contentType: string): string {
  return (contentType.split(';', 1)[0] ?? '').trim().toLowerCase()
}

/** The type of a plain text in this charset. */
export function asTextType(charset: string | undefined): string {
  return charset === undefined ? 'text/plain' : `text/plain; charset=${charset}`
}

export function charsetOf(contentType: string): string | undefined {
  return /charset="?([\w-]+)/i.exec(contentType)?.[1]
}

export function unsupported() {
  return problems.unsupportedMediaType(
    `Leads are JSON, a form or a document: send application/json, ${[...FORM_TYPES, ...DOCUMENT_FORMATS.flatMap(({ mediaTypes }) => mediaTypes)].join(', ')}.`
  )
}
