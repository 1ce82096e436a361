import { documentFromBase64 } from '../../decoding/base64-text.ts'
import { adfOfMail } from '../../decoding/mail-parts.ts'
import { jsonFromPercents } from '../../decoding/percent-encoding.ts'
import type { DecodedText } from '../../decoding/decode-text.ts'
import { decodeText } from '../../decoding/decode-text.ts'
import { DOCUMENT_FORMATS } from '../../inbound/formats.ts'
import type { Origin } from '../../decoding/plausibility.ts'
import { jsonInText } from '../../inbound/embedded-json.ts'
import { heldLeads } from '../../inbound/several-leads.ts'
import { Problem } from '../problems.ts'
import { isEncodedPairs, isLabelled, isPairs, parseForm, textOfForm } from './form-body.ts'
import type { PostedForm } from './form-body.ts'
import type { DocumentBody, ReadBody } from './body-kinds.ts'
import { storable, unreadable, withJson } from './body-of-text.ts'
import { parseCapturedJson } from './json-body.ts'
import {
  FORM_TYPES,
  JSON_TYPE,
  MULTIPART,
  TABLE_TYPE,
  URLENCODED,
  asTextType,
  charsetOf,
  isTypeOfLeads,
  mediaTypeOf,
  refuseMediaType,
  unsupported
} from './media-types.ts'
import { hasParts, wholeParts } from './mixed-parts.ts'
import { readTable } from './table-body.ts'

/** A page is no lead, but it may be about one. Some senders call their XML one. */
const PAGE_TYPES = ['text/html', 'application/xhtml+xml']

/**
 * Reads the bytes of a capture. A wrong media type is no reason to lose a lead: XML and JSON are known by their
 * first character, and a form by its marks. Throws a problem where the body is of a type that leads have not.
 */
export function readPostedBody(bytes: Buffer, contentType: string, origin: Origin): ReadBody {
  if (!isTypeOfLeads(contentType)) return readMislabelled(bytes, contentType, origin)
  const mediaType = mediaTypeOf(contentType)
  const document = DOCUMENT_FORMATS.find(({ mediaTypes }) => mediaTypes.includes(mediaType))
  const isJson = JSON_TYPE.test(mediaType)
  const charset = charsetOf(contentType)
  if (mediaType.startsWith('multipart/') && !hasParts(bytes, contentType)) {
    const [text] = readPart(bytes, asTextType(charset), origin)
    if (text && text.posted.kind !== 'unreadable') return text
  }
  if (mediaType === MULTIPART) {
    try {
      return readForm(bytes, contentType, { mediaType, origin })
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 400) throw error
      return unreadable(decodeText(bytes, charset, origin), error, mediaType)
    }
  }
  if (mediaType.startsWith('multipart/')) return readMixed(bytes, contentType, origin)
  const mark = firstMark(bytes)
  const isTable = TABLE_TYPE.test(mediaType) && /[^{[<]/.test(mark)
  const mayEmbed = isTable ? /[-#/`]/.test(mark) : /[^{[]/.test(mark)
  const embedded = mayEmbed ? embeddedJson(bytes, { charset, origin }) : null
  if (embedded) return embedded
  const isPage = PAGE_TYPES.includes(mediaType) && mark === '<'
  if (isPage && !ADF_TAG.test(bytes.toString('latin1'))) {
    return unreadable(decodeText(bytes, charset, origin), unsupported(), mediaType)
  }
  const encoded = /[\w+/]/.test(mark) ? documentFromBase64(bytes) : null
  const [inside, encoding] =
    encoded && encoded.mark !== '<'
      ? [encoded.bytes, 'base64']
      : [mark === '%' ? jsonFromPercents(bytes) : null, 'percent-encoding']
  const inJson = inside && encodedJson(inside, encoding, { charset, origin })
  if (inJson) return inJson
  if (isTable) return readRows(decodeText(bytes, charset, origin), mediaType)
  const isMail = /[\w-]/.test(mark) && adfOfMail(bytes) !== null
  const isXml = mark === '<' || encoded?.mark === '<' || isMail
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

/** A text under the type of a picture or another file, where it is plainly JSON, XML or a form. */
function readMislabelled(bytes: Buffer, contentType: string, origin: Origin): ReadBody {
  refuseMediaType(contentType, bytes.length)
  const text = bytes.toString('latin1')
  if (CONTROL.test(text) || !POINT.test(text)) throw unsupported()
  const read = readPostedBody(bytes, asTextType(charsetOf(contentType)), origin)
  if (read.posted.kind === 'unreadable') throw unsupported()
  return read
}

/** Bytes that no text has. */
const CONTROL = /[\u0000-\u0008\u000e-\u001a]/
const POINT = /@|%40|\d(?:[\s()+.-]?\d){5}/

/** JSON in another encoding, under any media type; null: it is none. */
function encodedJson(
  bytes: Buffer,
  encoding: string,
  { charset, origin }: { charset: string | undefined; origin: Origin }
): ReadBody | null {
  const decoded = decodeText(bytes, charset, origin)
  const json = parseCapturedJson(decoded.text)
  if (!('value' in json)) return null
  const told = { path: '', text: encoding, code: 'transfer_encoding' as const }
  const read = { ...json, repairs: [told, ...json.repairs] }
  return withJson(read, decoded, { isNamed: true, otherwise: null })
}

/** The JSON of a lead in a page or another text; null: it has none. */
function embeddedJson(
  bytes: Buffer,
  { charset, origin }: { charset: string | undefined; origin: Origin }
): ReadBody | null {
  if (!bytes.includes('{') || ADF_TAG.test(bytes.toString('latin1'))) return null
  const decoded = decodeText(bytes, charset, origin)
  const found = isLabelled(decoded.text) ? null : jsonInText(decoded.text)
  if (!found) return null
  const whole = parseCapturedJson(decoded.text)
  if ('value' in whole) return withJson(whole, decoded, { isNamed: true, otherwise: null })
  const json = parseCapturedJson(found.json)
  if (!('value' in json)) return null
  const around = { path: '', text: found.around.slice(0, MAX_TOLD).toWellFormed() }
  const told = { ...around, code: 'text_around_document' as const }
  const read = { ...json, repairs: [told, ...json.repairs] }
  return withJson(read, decoded, { isNamed: true, otherwise: null })
}

const MAX_TOLD = 2_000

/** The part of a mail that is a lead, or the whole as a text. */
function readMixed(bytes: Buffer, contentType: string, origin: Origin): ReadBody {
  const parts = wholeParts(bytes, contentType)
  if (parts.length > 0 && parts.every(({ name }) => name !== '')) {
    return readForm(bytes, contentType.replace(/^\s*[\w/-]+/, MULTIPART), {
      mediaType: MULTIPART,
      origin
    })
  }
  const read = parts
    .filter(({ mediaType }) => !mediaType.startsWith('multipart/') && mediaType !== MULTIPART)
    .flatMap((part) => readPart(part.bytes, part.contentType, origin))
  const text = decodeText(bytes, charsetOf(contentType), origin)
  const kept = unreadable(text, unsupported(), mediaTypeOf(contentType))
  const leads = read.filter(({ posted }) => posted.kind !== 'unreadable')
  return leads.find(({ posted }) => posted.kind !== 'form') ?? leads[0] ?? kept
}

function readPart(bytes: Buffer, contentType: string, origin: Origin): ReadBody[] {
  try {
    return [readPostedBody(bytes, contentType, origin)]
  } catch (error) {
    if (error instanceof Problem) return []
    throw error
  }
}

/** The rows of a table, each as a form. */
function readRows(decoded: DecodedText, mediaType: string): ReadBody {
  const rows = readTable(decoded.text)
  const repairs = decoded.repairs.map((repair) => ({ ...repair, path: '' }))
  const [only, ...others] = rows ?? []
  if (!rows || !only) return unreadable(decoded, unsupported(), mediaType)
  const body = { text: storable(decoded.text), mediaType }
  if (others.length === 0) return { ...body, posted: { kind: 'form', fields: only, repairs } }
  const items = rows.map((fields, at) => ({
    value: Object.fromEntries(fields.map(({ name, text }) => [name, text])),
    pointer: `/${at}`
  }))
  return {
    ...body,
    posted: { kind: 'several', items, repairs, document: decoded, areForms: true }
  }
}

const ADF_TAG = /<(?:\?adf\b|(?:[\w-]{1,20}:)?(?:adf|prospect)[\s>])/i

/** The first character that says something, behind byte order marks and blanks, in any encoding. */
function firstMark(bytes: Buffer): string {
  const head = bytes.subarray(0, 512).toString('latin1')
  return /[^\s\0\xef\xbb\xbf\xfe\xff]/.exec(head)?.[0] ?? ''
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
  const asText = asTextType(charsetOf(contentType))
  const form = parseForm(bytes, FORM_TYPES.includes(mediaType) ? contentType : asText, origin)
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
  // Without our members it is a form in a field.
  if (!Array.isArray(json.value) && !isOurs(json.value) && !heldLeads(json.value)) return null
  const read = { ...json, repairs: [told, ...json.repairs] }
  return withJson(read, { text, repairs }, { isNamed: false, otherwise: null })
}

function isOurs(value: object | null): boolean {
  return value !== null && Object.hasOwn(value, 'contact')
}

/** A body of a form's own type is one; another is where it has nothing but `name=value` in a form's marks. */
function looksLikeForm(text: string, mediaType: string): boolean {
  if (mediaType === URLENCODED) return true
  if (/^text\/|yaml$/.test(mediaType) && (/^[^\s=]{1,100}=/.test(text) || isLabelled(text)))
    return true
  return isPairs(text) || isEncodedPairs(text)
}
