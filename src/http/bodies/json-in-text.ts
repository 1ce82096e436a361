import { decodeText } from '../../decoding/decode-text.ts'
import type { DecodedText } from '../../decoding/decode-text.ts'
import type { Origin } from '../../decoding/plausibility.ts'
import { jsonInText, leadingJson } from '../../inbound/embedded-json.ts'
import type { EmbeddedJson } from '../../inbound/embedded-json.ts'
import { heldLeads } from '../../inbound/several-leads.ts'
import type { ReadBody } from './body-kinds.ts'
import { withJson } from './body-of-text.ts'
import type { PostedForm } from './form-body.ts'
import { parseCapturedJson } from './json-body.ts'
import { isLabelled } from './labelled-lines.ts'

/** By which bytes are read: the charset of the message, and the dealer. */
interface TextReading {
  charset: string | undefined
  origin: Origin
}

/** JSON in another encoding, under any media type; null: it is none. */
export function encodedJson(
  bytes: Buffer,
  encoding: string,
  { charset, origin }: TextReading
): ReadBody | null {
  const decoded = decodeText(bytes, charset, origin)
  const json = parseCapturedJson(decoded.text)
  if (!('value' in json)) return null
  const told = { path: '', text: encoding, code: 'transfer_encoding' as const }
  const read = { ...json, repairs: [told, ...json.repairs] }
  return withJson(read, decoded, { isNamed: true, otherwise: null })
}

/** The JSON of a lead in a page or another text; null: it has none. */
export function embeddedJson(bytes: Buffer, { charset, origin }: TextReading): ReadBody | null {
  if (!bytes.includes('{') || ADF_TAG.test(bytes.toString('latin1'))) return null
  const decoded = decodeText(bytes, charset, origin)
  const found = isLabelled(decoded.text) ? null : jsonInText(decoded.text)
  if (!found) return null
  const whole = parseCapturedJson(decoded.text)
  if ('value' in whole) return withJson(whole, decoded, { isNamed: true, otherwise: null })
  return bodyAround(found, decoded)
}

/** The JSON of a lead with which a text begins; null: it begins with none. */
export function jsonAtStart(decoded: DecodedText): ReadBody | null {
  const found = leadingJson(decoded.text)
  return found && bodyAround(found, decoded)
}

export const ADF_TAG = /<(?:\?adf\b|(?:[\w-]{1,20}:)?(?:adf|prospect)[\s>])/i

/** JSON with what is around it told; null: it can't be read. */
function bodyAround({ json: given, around }: EmbeddedJson, decoded: DecodedText): ReadBody | null {
  const json = parseCapturedJson(given)
  if (!('value' in json)) return null
  const text = around.slice(0, MAX_TOLD).toWellFormed()
  const told = { path: '', text, code: 'text_around_document' as const }
  const read = { ...json, repairs: [told, ...json.repairs] }
  return withJson(read, decoded, { isNamed: true, otherwise: null })
}

const MAX_TOLD = 2_000

/** A form whose only field is JSON, as scripts send it that encode a body twice. */
export function jsonInForm({ fields, repairs }: PostedForm): ReadBody | null {
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
