import { documentFromBase64 } from '../../decoding/base64-text.ts'
import { adfOfMail } from '../../decoding/mail-parts.ts'
import { jsonFromPercents } from '../../decoding/percent-encoding.ts'
import { decodeText } from '../../decoding/decode-text.ts'
import type { DecodedText } from '../../decoding/decode-text.ts'
import { DOCUMENT_FORMATS } from '../../inbound/formats.ts'
import type { Origin } from '../../decoding/plausibility.ts'
import { Problem } from '../problems.ts'
import { isEncodedPairs, isPairs, parseForm, textOfForm } from './form-body.ts'
import type { DocumentBody, ReadBody } from './body-kinds.ts'
import { isMended, unreadable, withJson } from './body-of-text.ts'
import { leadInFile } from './form-files.ts'
import { parseCapturedJson } from './json-body.ts'
import { ADF_TAG, embeddedJson, encodedJson, jsonAtStart, jsonInForm } from './json-in-text.ts'
import { isLabelled } from './labelled-lines.ts'
import { readPage, readTextRecords } from './labelled-text.ts'
import {
  CONTROL,
  FORM_TYPES,
  JSON_TYPE,
  MULTIPART,
  POINT,
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
import { PAGE_START } from './page-text.ts'
import { inUtf8, withNulsTold, withoutNuls } from './plain-bytes.ts'
import { bodyOfRecords } from './record-bodies.ts'
import { readTable } from './table-body.ts'

/** A page is no lead, but it may be about one. Some senders call their XML one. */
const PAGE_TYPES = ['text/html', 'application/xhtml+xml']

/**
 * Reads the bytes of a capture. A wrong media type is no reason to lose a lead: XML and JSON are known by their
 * first character, and a form by its marks. Throws a problem where the body is of a type that leads have not.
 */
export function readPostedBody(given: Buffer, givenType: string, origin: Origin): ReadBody {
  const { bytes, contentType } = inUtf8(given, givenType)
  const plain = withoutNuls(bytes, contentType)
  const read = plain && readBytes(plain, contentType, origin)
  // What can't be read, and a document, is kept as it came.
  return (read && withNulsTold(read)) ?? readBytes(bytes, contentType, origin)
}

function readBytes(bytes: Buffer, contentType: string, origin: Origin): ReadBody {
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
  if (mark === '<' && !ADF_TAG.test(bytes.toString('latin1'))) {
    const page = readPageBody(decodeText(bytes, charset, origin), mediaType)
    if (page) return page
  }
  const encoded = /[\w+/]/.test(mark) ? documentFromBase64(bytes) : null
  const [inside, encoding] =
    encoded && encoded.mark !== '<'
      ? [encoded.bytes, 'base64']
      : [mark === '%' ? jsonFromPercents(bytes) : null, 'percent-encoding']
  const inJson = inside && encodedJson(inside, encoding, { charset, origin })
  if (inJson) return inJson
  const isMail = /[\w-]/.test(mark) && adfOfMail(bytes) !== null
  const isXml = mark === '<' || encoded?.mark === '<' || isMail
  if (isTable || (document && !isXml && !ADF_TAG.test(bytes.toString('latin1')))) {
    const decoded = decodeText(bytes, charset, origin)
    if (isTable && isPairs(decoded.text)) return readForm(bytes, contentType, { mediaType, origin })
    if (isTable) return readRows(decoded, mediaType)
    const records = readTextRecords(decoded.text)
    if (records) return bodyOfRecords(records, decoded, mediaType)
  }
  if (document ? mark !== '{' : isXml) return asDocument(bytes, contentType, mediaType)
  const decoded = decodeText(bytes, charset, origin)
  if (mark !== '{' && mark !== '[' && looksLikeForm(decoded.text, mediaType)) {
    const isText = mediaType === URLENCODED && !decoded.text.includes('=')
    const records = isText ? readTextRecords(decoded.text) : null
    return records
      ? bodyOfRecords(records, decoded, mediaType)
      : readForm(bytes, contentType, { mediaType, origin })
  }
  const json = parseCapturedJson(decoded.text)
  const otherwise = document ? asDocument(bytes, contentType, mediaType) : null
  // What a program printed with arrows may look like a list of texts.
  const isPrinted = decoded.text.includes('=>') && !('value' in json && !isMended(json.repairs))
  const printed = isPrinted ? readTextRecords(decoded.text) : null
  if (printed) return bodyOfRecords(printed, decoded, mediaType)
  if ('value' in json) return withJson(json, decoded, { isNamed: isJson, otherwise })
  const first = jsonAtStart(decoded)
  if (first) return first
  const records = document ? null : readTextRecords(decoded.text)
  if (records) return bodyOfRecords(records, decoded, mediaType)
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

/** A page whose labels say what its values are; one of a type of pages that has none is held. Null: it may be XML. */
function readPageBody(decoded: DecodedText, mediaType: string): ReadBody | null {
  const isNamed = PAGE_TYPES.includes(mediaType)
  const page = isNamed || PAGE_START.test(decoded.text) ? readPage(decoded.text) : null
  if (page) return bodyOfRecords(page, decoded, mediaType)
  return isNamed ? unreadable(decoded, unsupported(), mediaType) : null
}

/** The rows of a table, each as a form. */
function readRows(decoded: DecodedText, mediaType: string): ReadBody {
  const rows = /^\s*[|+]/.test(decoded.text) ? null : readTable(decoded.text)
  const records = rows ? { records: rows, around: '' } : readTextRecords(decoded.text)
  return records
    ? bodyOfRecords(records, decoded, mediaType)
    : unreadable(decoded, unsupported(), mediaType)
}

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
  const { fields, repairs } = form
  const json = jsonInForm(form)
  if (json) return json
  const inFile = leadInFile(form, origin, (own, type) => readPart(own, type, origin))
  if (inFile) return inFile
  return {
    posted: { kind: 'form', fields, repairs },
    text: textOfForm(fields),
    mediaType: URLENCODED
  }
}

/** A body of a form's own type is one; another is where it has nothing but `name=value` in a form's marks. */
function looksLikeForm(text: string, mediaType: string): boolean {
  if (mediaType === URLENCODED) return true
  if (/^text\/|yaml$/.test(mediaType) && (/^[^\s=]{1,100}=(?!>)/.test(text) || isLabelled(text)))
    return true
  return isPairs(text) || isEncodedPairs(text)
}
