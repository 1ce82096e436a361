import { decodeText, decodeWide } from '../../decoding/decode-text.ts'
import type { Origin } from '../../decoding/plausibility.ts'
import { contactColumn } from '../../domain/imports/qualified-names.ts'
import type { UnmappedValue } from '../../domain/leads/lead.ts'
import { escapePointer } from '../../domain/text/json-pointer.ts'
import type { FormField } from '../../inbound/form-field.ts'
import { isToken, spellingsOf } from '../../inbound/form-words.ts'
import type { ReadBody } from './body-kinds.ts'
import { textOfForm } from './form-body.ts'
import type { PostedFile, PostedForm } from './form-body.ts'
import { CONTROL, POINT, URLENCODED, asTextType, charsetOf, isTypeOfLeads } from './media-types.ts'

/**
 * The lead in a file, or in a field of several lines, of a form whose fields have no e-mail or phone: services attach it so. The file is read as a body
 * of its own, and the fields beside it are kept. Null: no file has a lead.
 */
export function leadInFile(
  form: PostedForm,
  origin: Origin,
  read: (bytes: Buffer, contentType: string) => ReadBody[]
): ReadBody | null {
  const files = [...form.files, ...form.fields.flatMap(textAsFile)]
  if (files.length === 0 || form.fields.some(isPointField)) return null
  for (const file of files) {
    if (!isText(file.bytes)) continue
    const { contentType } = file
    const isNamed = isTypeOfLeads(contentType) && (!/xml/i.test(contentType) || isXml(file.bytes))
    const type = isNamed ? contentType : asTextType(charsetOf(contentType))
    const [body] = read(file.bytes, type)
    const found = body ? withForm(body, form, { file, origin }) : null
    if (found) return found
  }
  return null
}

/** A field with a text of several lines, such as the whole mail that a service passes on. */
function textAsFile({ name, text, isFile }: FormField): PostedFile[] {
  if (isFile || !/\n|<[a-z]/i.test(text.trim()) || text.length > MAX_TEXT) return []
  const contentType = 'text/plain; charset=utf-8'
  return [{ name, fileName: null, contentType, bytes: Buffer.from(text) }]
}

const MAX_TEXT = 100_000

function isPointField({ name, text, isFile }: FormField): boolean {
  if (isFile || text.trim() === '') return false
  return spellingsOf(name).some((spelling) => contactColumn(spelling) !== null)
}

/** Whether a file may be XML as its type says, by its first character. */
function isXml(bytes: Buffer): boolean {
  return /^[\s\0\xef\xbb\xbf\xfe\xff]{0,99}</.test(bytes.toString('latin1', 0, 200))
}

function isText(bytes: Buffer): boolean {
  return decodeWide(bytes) !== null || !CONTROL.test(bytes.toString('latin1'))
}

function withForm(
  body: ReadBody,
  form: PostedForm,
  { file, origin }: { file: PostedFile; origin: Origin }
): ReadBody | null {
  const { posted } = body
  // A text stays a field, and what is read of it stands beside it.
  if (file.fileName === null && posted.kind !== 'form') return null
  const isIt = (field: FormField) => field.isFile && field.name === file.name
  const beside = form.fields.filter((field) => !isIt(field))
  const told = [...form.repairs, ...besides(beside, file)]
  switch (posted.kind) {
    case 'form':
      return asForm({ ...form, fields: [...beside, ...posted.fields] }, posted.repairs)
    case 'several': {
      const items = posted.items.map(({ value, pointer }) => ({
        value: { ...directionsOf(beside), ...value },
        pointer
      }))
      // A form has a source where it names none.
      const areForms = posted.areForms === true || items.some(({ value }) => !('source' in value))
      const repairs = [...told, ...posted.repairs]
      return { ...body, posted: { ...posted, items, repairs, areForms } }
    }
    case 'json':
      if (isOurs(posted.value)) {
        const value = { ...directionsOf(beside), ...posted.value }
        if (!('source' in value)) return asForm(withText(form, isIt, textOf(file, origin)), [])
        return { ...body, posted: { ...posted, value, repairs: [...told, ...posted.repairs] } }
      }
      return asForm(withText(form, isIt, textOf(file, origin)), posted.repairs)
    case 'document':
      return asForm(withText(form, isIt, textOf(file, origin)), [])
    case 'unreadable': {
      const { text } = posted.document
      return POINT.test(text) ? asForm(withText(form, isIt, text), posted.document.repairs) : null
    }
  }
}

function textOf({ bytes, contentType }: PostedFile, origin: Origin): string {
  return decodeText(bytes, charsetOf(contentType), origin).text
}

/** The form with the text of a file in place of its name. */
function withText(form: PostedForm, isIt: (field: FormField) => boolean, text: string): PostedForm {
  const fields = form.fields.map((field) =>
    isIt(field) ? { name: field.name, text, isFile: false } : field
  )
  return { ...form, fields }
}

function asForm({ fields, repairs }: PostedForm, more: readonly UnmappedValue[]): ReadBody {
  const all = [...repairs, ...more.map((repair) => ({ ...repair, path: '' }))]
  return {
    posted: { kind: 'form', fields, repairs: all },
    text: textOfForm(fields),
    mediaType: URLENCODED
  }
}

function isOurs(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, 'contact')
}

const DIRECTIONS = new Set(['source', 'referralCode', 'assignee'])

/** What says where the lead goes. */
function directionsOf(fields: readonly FormField[]): Record<string, string> {
  const said = fields.filter(({ name, isFile }) => !isFile && DIRECTIONS.has(name))
  return Object.fromEntries(said.map(({ name, text }) => [name, text]))
}

/** What stands beside a file that is the whole lead. */
function besides(fields: readonly FormField[], file: PostedFile): UnmappedValue[] {
  const others = fields.filter(
    ({ name, text }) => text.trim() !== '' && !DIRECTIONS.has(name) && !isToken(name)
  )
  return [
    { path: `/${escapePointer(file.name)}`, text: file.fileName ?? '', code: 'escaped_document' },
    ...others.map(({ name, text, isFile }): UnmappedValue => ({
      path: `/${escapePointer(name)}`,
      text,
      code: isFile ? 'file_left_out' : 'unknown_member'
    }))
  ]
}
