import type { FormField } from '../../inbound/lead-form.ts'
import { decodeXml } from '../../adf/adf-decoding.ts'
import { problems } from '../problems.ts'

/** A form with more fields is none that a person filled in. */
const MAX_FIELDS = 300

/** The fields of a form in one of the three encodings that browsers know. */
export async function parseForm(bytes: Buffer, contentType: string): Promise<FormField[]> {
  const fields = await readFields(bytes, contentType)
  if (fields.length > MAX_FIELDS) {
    throw problems.payloadTooLarge(`A form can have ${MAX_FIELDS} fields.`)
  }
  return fields.map(({ name, text, isFile }) => ({
    name: storable(name).trim(),
    text: storable(text),
    isFile
  }))
}

/** The fields as a text that is the same for every request with them: the boundaries of parts are not. */
export function textOfForm(fields: readonly FormField[]): string {
  return new URLSearchParams(
    fields.map(({ name, text }): [string, string] => [name, text])
  ).toString()
}

async function readFields(bytes: Buffer, contentType: string): Promise<FormField[]> {
  const mediaType = contentType.split(';', 1)[0]?.trim().toLowerCase()
  if (mediaType === 'multipart/form-data') return await readParts(bytes, contentType)
  const charset = /charset="?([\w-]+)/i.exec(contentType)?.[1]
  if (mediaType === 'text/plain') return readLines(decodeXml(bytes, charset).text)
  return readPairs(bytes, charset)
}

async function readParts(bytes: Buffer, contentType: string): Promise<FormField[]> {
  const headers = { 'content-type': contentType }
  let form: FormData
  try {
    // The whole body is in memory and within the limit: what is said against this is about streams.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    form = await new Response(new Uint8Array(bytes), { headers }).formData()
  } catch {
    throw problems.badRequest('The body is not valid multipart/form-data.')
  }
  return Array.from(form, ([name, value]) => {
    if (typeof value === 'string') return { name, text: value, isFile: false }
    const text =
      value.size === 0 && value.name === ''
        ? ''
        : `${value.name} (${value.type}, ${value.size} bytes)`
    return { name, text, isFile: text !== '' }
  })
}

/** `name=value` between `&`: percent signs stand for bytes, in the encoding of the page. */
function readPairs(bytes: Buffer, charset: string | undefined): FormField[] {
  return bytes
    .toString('latin1')
    .trim()
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=')
      return {
        name: decodePercent(name, charset),
        text: decodePercent(value.join('='), charset),
        isFile: false
      }
    })
}

function decodePercent(text: string, charset: string | undefined): string {
  const bytes = text
    .replaceAll('+', ' ')
    .replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return decodeXml(Buffer.from(bytes, 'latin1'), charset).text
}

/** `name=value` on lines, as `enctype="text/plain"` sends. A line without a name goes on with the value. */
function readLines(text: string): FormField[] {
  const fields: FormField[] = []
  for (const line of text.split(/\r?\n/)) {
    const [, name, value = ''] = /^([^\s=][^=\n]{0,99})=(.*)$/.exec(line) ?? []
    const last = fields.at(-1)
    if (name !== undefined) fields.push({ name, text: value, isFile: false })
    else if (last) last.text += `\n${line}`
  }
  return fields
}

/** PostgreSQL stores neither NUL nor halves of surrogate pairs. */
function storable(text: string): string {
  return text.toWellFormed().replaceAll('\u0000', ' ')
}
