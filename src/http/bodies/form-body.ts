import type { UnmappedValue } from '../../domain/leads/lead.ts'
import type { FormField } from '../../inbound/form-field.ts'
import { percentBytes } from '../../decoding/percent-encoding.ts'
import { decodeText } from '../../decoding/decode-text.ts'
import type { Origin } from '../../decoding/plausibility.ts'
import { problems } from '../problems.ts'
import { isLabelled, readLabelled, readLines } from './labelled-lines.ts'
import { readMultipart } from './multipart.ts'
import type { Part } from './multipart.ts'

/** So many fields of a form are read: those with an e-mail or phone, and the first of the others. */
const MAX_FIELDS = 300

/** Parts of a form beyond these are not looked at. */
const MAX_PARTS = 2_000

/** A form, and what was wrong with its bytes. */
export interface PostedForm {
  fields: FormField[]
  repairs: UnmappedValue[]
  /** The files, of which the fields have no more than their names. */
  files: PostedFile[]
}

export interface PostedFile {
  name: string
  /** Null: it is the text of a field. */
  fileName: string | null
  contentType: string
  bytes: Buffer
}

/** The fields of a form in one of the three encodings that browsers know. */
export function parseForm(bytes: Buffer, contentType: string, origin: Origin): PostedForm {
  const { fields: all, repairs: told, files } = readFields(bytes, contentType, origin)
  const fields = firstFields(all)
  const surplus = {
    path: '',
    text: `+${all.length - fields.length}`,
    code: 'surplus_item' as const
  }
  const repairs = fields.length < all.length ? [...told, surplus] : told
  return {
    fields: fields.map(({ name, text, isFile }) => ({
      name: storable(name).trim(),
      text: storable(text),
      isFile
    })),
    repairs: repairs.map((repair) => ({ ...repair, text: storable(repair.text) })),
    files
  }
}

function firstFields(all: readonly FormField[]): readonly FormField[] {
  if (all.length <= MAX_FIELDS) return all
  const filled = all.filter(({ text }) => text.trim() !== '')
  const points = filled.filter(({ text }) => POINT.test(text)).slice(0, MAX_FIELDS / 2)
  const others = filled.filter((field) => !points.includes(field))
  const kept = new Set([...points, ...others.slice(0, MAX_FIELDS - points.length)])
  return filled.filter((field) => kept.has(field))
}

/** The fields as a text that is the same for every request with them: the boundaries of parts are not. */
export function textOfForm(fields: readonly FormField[]): string {
  return new URLSearchParams(
    fields.map(({ name, text }): [string, string] => [name, text])
  ).toString()
}

/** Whether a line is `name=value&name=value`, as scripts send it as plain text. */
export function isPairs(text: string): boolean {
  const line = text.trim()
  if (line.includes('\n') || line.length > MAX_GUESSED) return false
  const pairs = pairsOf(line)
  const isEach = pairs.every((pair) => /^[^\s=&]{1,100}=/.test(pair))
  return isEach && (pairs.length > 1 || (pairs.length === 1 && !/\s/.test(line)))
}

/** The pairs of a line. A reference of HTML in a value is no pair: `O&#039;Brien`. */
function pairsOf(line: string): string[] {
  return line.split(BETWEEN_PAIRS).filter((pair) => pair !== '')
}

const BETWEEN_PAIRS =
  /&(?:amp;(?=[^&=;]{1,100}=))?(?!#\d{1,6};|#x[\da-f]{1,6};|(?:amp|lt|gt|quot|apos|nbsp);)/i

/** Whether a text is such a line that was encoded once more. */
export function isEncodedPairs(text: string): boolean {
  const line = text.trim()
  return (
    line.length <= MAX_GUESSED &&
    line !== '' &&
    line.split('&').every((pair) => ENCODED_PAIR.test(pair))
  )
}

const MAX_GUESSED = 300_000

function readFields(bytes: Buffer, contentType: string, origin: Origin): PostedForm {
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase()
  if (mediaType === 'multipart/form-data') return readParts(bytes, contentType, origin)
  const reading = { charset: /charset="?([\w-]+)/i.exec(contentType)?.[1], origin }
  if (mediaType !== 'text/plain') return readPairs(bytes, reading)
  const { text, repairs } = decodeText(bytes, reading.charset, origin)
  if (isPairs(text) || isEncodedPairs(text)) return readPairs(bytes, reading)
  const fields = isLabelled(text) ? readLabelled(text) : readLines(text, NAMED)
  return { fields, repairs: repairs.map(aboutForm), files: [] }
}

/** A field before its bytes are decoded: each character is a byte. */
interface ByteField {
  name: string
  text: string
}

/** An e-mail, or the digits of a phone. */
const POINT = /[^\s@]@[^\s@]|\d(?:[\s().-]?\d){5}/

/**
 * The fields of a body that is cut off up to where it is: the end of the last one may be missing, and what is left
 * of a phone would be another one. It is told, and the lead is held.
 */
function readParts(bytes: Buffer, contentType: string, origin: Origin): PostedForm {
  const read = readMultipart(bytes, contentType, MAX_PARTS)
  if (!read) throw problems.badRequest('The body is not valid multipart/form-data.')
  const { parts, isCut, cut } = read
  const isEnded = /\r?\n$/.test(bytes.toString('latin1', Math.max(bytes.length - 2, 0)))
  if (parts.length === 0 && !(cut && isEnded))
    throw problems.badRequest('The multipart/form-data has no whole part.')
  const given = [...parts, ...(cut ? [cut] : [])].map((part) => ({
    part,
    name: part.name,
    text: isText(part) ? part.bytes.toString('latin1') : fileText(part)
  }))
  const charset = parts.find((part) => part.charset !== undefined)?.charset
  const { fields, repairs } = decodeFields(given, { charset, origin })
  const last = cut ? fields.at(-1) : undefined
  const told = { path: last?.name ?? '', text: last?.text ?? '', code: 'cut_document' as const }
  const whole = fields.flatMap((field, at) => {
    const part = given[at]?.part
    const isUsual = field.name !== CHARSET_FIELD
    return part && isUsual ? [{ ...field, isFile: !isText(part) && field.text !== '' }] : []
  })
  const others = whole.slice(0, parts.length)
  // Only the boundary is missing behind a line that ends; a part of a value is read where nothing else says who it is.
  const isTaken = cut !== null && (isEnded || !others.some(({ text }) => POINT.test(text)))
  return {
    fields: isTaken ? whole.map((field) => ({ ...field, text: field.text.trimEnd() })) : others,
    repairs: [...repairs, ...(isCut ? [told] : [])],
    files: parts.flatMap((part) => fileOf(part) ?? [])
  }
}

/** A file that may be text, and is not read as a value; null: the part is none. */
function fileOf(part: Part): PostedFile | null {
  const { name, fileName, mediaType, charset, bytes } = part
  if (fileName === null || isText(part) || bytes.length > MAX_LEAD_FILE) return null
  const contentType = charset === undefined ? mediaType : `${mediaType}; charset=${charset}`
  return { name: storable(name).trim(), fileName, contentType, bytes }
}

/** A value, or a file that is a lead: services attach it so. */
function isText({ fileName, mediaType, bytes }: Part): boolean {
  if (fileName === null) return true
  if (bytes.length > MAX_LEAD_FILE) return false
  const text = bytes.toString('latin1')
  const isAdf = /<(?:[\w-]{1,20}:)?(?:adf|prospect)[\s>]/i.test(text)
  return isAdf || (/json/i.test(mediaType) && /^\s*[{[]/.test(text))
}

const MAX_LEAD_FILE = 500_000

function fileText({ fileName, mediaType, bytes }: Part): string {
  if (bytes.length === 0 && fileName === '') return ''
  return `${fileName ?? ''} (${mediaType}, ${bytes.length} bytes)`
}

/** `name=value` between `&`: percent signs stand for bytes, in the encoding of the page. */
function readPairs(bytes: Buffer, reading: FieldReading, roundsLeft = MAX_ROUNDS): PostedForm {
  const pairs = pairsOf(bytes.toString('latin1').trim())
  if (roundsLeft > 0 && pairs.every((pair) => ENCODED_PAIR.test(pair))) {
    const inside = pairs.map(percentBytes).join('&')
    const read = readPairs(Buffer.from(inside, 'latin1'), reading, roundsLeft - 1)
    const told = { path: '', text: 'percent-encoding', code: 'transfer_encoding' as const }
    return { ...read, repairs: [told, ...read.repairs] }
  }
  const given = pairs.map((pair) => {
    const [name = '', ...value] = pair.split('=')
    const text = value.join('=')
    // A sender that does not escape the @ of an address does not escape its plus either.
    const escaped = UNESCAPED_PLUS.test(text) ? text.replaceAll('+', '%2B') : text
    return { name: percentBytes(name), text: percentBytes(escaped) }
  })
  const { fields, repairs } = decodeFields(given, reading)
  return { fields: fields.filter(({ name }) => name !== CHARSET_FIELD), repairs, files: [] }
}

/** A form that was encoded twice has no sign of a form in plain. */
const ENCODED_PAIR = /^[\w.%+*\[\]-]{1,100}%(?:25){0,2}3D[^=]*$/i
const MAX_ROUNDS = 2

/** By which bytes are read: the label of the message or of a part, and the dealer. */
interface FieldReading {
  charset: string | undefined
  origin: Origin
}

/** Browsers write the encoding of the page into a hidden field of this name. */
const CHARSET_FIELD = '_charset_'

const UNESCAPED_PLUS = /^[\w.-]{1,40}\+[\w.+-]{1,40}@[\w.-]{3,100}$/

/** A form is in one encoding: its fields are decoded together. */
function decodeFields(
  given: readonly ByteField[],
  { charset, origin }: FieldReading
): Omit<PostedForm, 'files'> {
  const named = given.find(({ name }) => name === CHARSET_FIELD)?.text.trim()
  const bytes = given
    .flatMap(({ name, text }) => [name, text])
    .map((one) => one.replaceAll(SEPARATOR, ' ').replaceAll('\0', ' '))
    .join(SEPARATOR)
  const { text, repairs } = decodeText(Buffer.from(bytes, 'latin1'), named ?? charset, origin)
  const texts = text.split(SEPARATOR)
  const fields = given.map((_, at) => ({
    name: texts[2 * at] ?? '',
    text: texts[2 * at + 1] ?? '',
    isFile: false
  }))
  return { fields, repairs: repairs.map(aboutForm) }
}

/** A control character that no person types, and that is the same in every encoding. */
const SEPARATOR = '\u001f'

/** The lines of the joined fields say nothing to a reader. */
function aboutForm(repair: UnmappedValue): UnmappedValue {
  return { ...repair, path: '' }
}

/** `name=value` on a line, as `enctype="text/plain"` sends. */
const NAMED = /^([^\s=][^=\n]{0,99})=(.*)$/

/** PostgreSQL stores neither NUL nor halves of surrogate pairs. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', ' ')
}
