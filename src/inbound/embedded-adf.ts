import type { UnmappedValue } from '../domain/leads/lead.ts'
import { escapePointer } from '../domain/text/json-pointer.ts'
import type { FormField } from './form-field.ts'
import { isToken } from './form-words.ts'
import { jsonFields } from './json-form.ts'

/** Where the sender says that leads go, beside the document. */
export interface AdfDirections {
  source?: string
  referralCode?: string
  assignee?: string
}

/** An ADF document that is the text of a member of a body. */
export interface EmbeddedAdf {
  text: string
  directions: AdfDirections
  /** The member, and what else the body has. */
  told: UnmappedValue[]
}

const ADF_TAG = /<(?:[\w.-]{1,40}:)?(?:adf|prospect)\b/i
const PERSON_TAG = /<(?:[\w.-]{1,40}:)?(?:customer|contact)\b/i
/** Words about ADF have no element with an end. */
const END_TAG = /<\/(?:[\w.-]{1,40}:)?(?:name|email|phone|contact|customer|vehicle)\s*>/i
const ADF_END = /<\/(?:[\w.-]{1,40}:)?(?:adf|prospect)\s*>/i
/** The first characters of `<?xml`, `<?adf`, `<?ADF`, `<adf` and `<ADF`, with a byte order mark or not, in base64. */
const BASE64 = /^(?:77u\/)?(?:PD94bW|PD9hZG|PD9BRE|PGFkZ|PEFER)[\w+/=\s]{40,}$/

const MAX_BASE64 = 500_000

/**
 * The ADF document in a body of JSON: services that turn mails into requests post the mail of a portal so, often
 * twice, as text and as HTML. Null: there is none, or the body has a lead of its own.
 */
export function adfInJson(body: unknown, base = ''): EmbeddedAdf | null {
  const isOwn = typeof body === 'object' && body !== null && Object.hasOwn(body, 'contact')
  return isOwn ? null : adfInFields(jsonFields(body), base)
}

/** The ADF document in a field of a form. */
export function adfInFields(fields: readonly FormField[], base = ''): EmbeddedAdf | null {
  const best = bestOf(fields)
  if (!best) return null
  const directions: AdfDirections = {}
  const told: UnmappedValue[] = [
    { path: base + pathOf(best.field), text: 'ADF', code: 'escaped_document' }
  ]
  for (const field of fields) {
    const { name, text } = field
    const isSaid = text.trim() === '' || rankOf(plainOf(text)) !== null || isToken(name)
    if (isDirection(name)) directions[name] = text
    else if (!isSaid) told.push({ path: base + pathOf(field), text, code: 'unknown_member' })
  }
  return { text: best.text, directions, told }
}

/** The ADF document in a text that is no JSON: the reader of documents tells what is around it. */
export function adfInText(text: string): EmbeddedAdf | null {
  const isJson = /^\s*[{[]/.test(text)
  return isJson || rankOf(text) === null ? null : { text, directions: {}, told: [] }
}

function isDirection(name: string): name is keyof AdfDirections {
  return name === 'source' || name === 'referralCode' || name === 'assignee'
}

function pathOf({ name, pointer }: FormField): string {
  return pointer ?? `/${escapePointer(name)}`
}

function bestOf(fields: readonly FormField[]): { field: FormField; text: string } | null {
  const found = fields.flatMap((field) => {
    const text = field.isFile ? '' : plainOf(field.text)
    const rank = rankOf(text)
    return rank === null ? [] : [{ field, text, rank }]
  })
  return found.toSorted((one, other) => one.rank - other.rank)[0] ?? null
}

/** A whole document comes before one that is cut off, and one as it was written before one in a page. */
function rankOf(text: string): number | null {
  if (isAdf(text)) return ADF_END.test(text) ? 0 : 2
  const unescaped = /&lt;/i.test(text) ? text.replace(/&lt;/gi, '<').replace(/&gt;/gi, '>') : ''
  if (!isAdf(unescaped)) return null
  return ADF_END.test(unescaped) ? 1 : 3
}

function isAdf(text: string): boolean {
  return ADF_TAG.test(text) && PERSON_TAG.test(text) && END_TAG.test(text)
}

/** Attachments are in base64. */
function plainOf(text: string): string {
  const trimmed = text.trim()
  if (text.length > MAX_BASE64 || !BASE64.test(trimmed)) return text
  return Buffer.from(trimmed, 'base64').toString('utf8')
}
