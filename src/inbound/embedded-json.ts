import { withExactNumbers } from '../decoding/exact-numbers.ts'
import { readMendedJson } from '../decoding/mended-json.ts'
import { findBracket } from '../domain/text/json-depth.ts'
import { decodeReferences } from '../domain/text/html-references.ts'
import { heldLeads, isAnswers, isLead } from './several-leads.ts'

/** JSON that stands in another text, and that text. */
export interface EmbeddedJson {
  json: string
  around: string
}

const MAX_LENGTH = 200_000
/** In so many places it is looked for. */
const MAX_TRIES = 20

/**
 * The JSON of a lead in a text around it: behind the lines of comments or a log, between the fences of Markdown, in
 * `<pre>` or `<script>` of a page. Null: there is none, or what is around it has an e-mail, a phone or fields, so that it
 * is not known who the customer is.
 */
export function jsonInText(text: string): EmbeddedJson | null {
  if (text.length > MAX_LENGTH) return null
  const isPage = /^\s*</.test(text)
  const texts = isPage && /\{\s*&/.test(text) ? [decodeReferences(text)] : [text]
  for (const given of texts) {
    const found = findJson(given)
    if (!found) continue
    const around = isPage ? found.around.replace(/<[^<>]*>/g, ' ') : found.around
    if (!POINT.test(around.replace(TIME, ' ')) && (isPage || !PAIR.test(around)))
      return { json: found.json, around: around.trim() }
  }
  return null
}

/**
 * The whole JSON of a lead with which a text begins, and what follows it: a footer, a signature, a comment of HTML. Null:
 * the text begins with none, or another lead follows.
 */
export function leadingJson(text: string): EmbeddedJson | null {
  if (text.length > MAX_LENGTH) return null
  const start = text.search(/[^\s\ufeff]/)
  const close = '{['.includes(text.charAt(start)) ? endOfJson(text, start) : null
  if (close === null) return null
  const json = text.slice(start, close)
  const around = text.slice(close).trim()
  return around !== '' && holdsLead(json) && findJson(around) === null ? { json, around } : null
}

/** An e-mail or the digits of a phone. */
const POINT = /[^\s@]@[^\s@]|\d(?:[\s().-]?\d){6}/
const TIME = /\b\d{4}[-/]\d\d[-/]\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?)?/g
/** A field of a form: the JSON is its value. */
const PAIR = /&|^\s*[\w.[\]-]{1,60}=/

function findJson(text: string): EmbeddedJson | null {
  let from = 0
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const open = text.indexOf('{', from)
    if (open === -1) return null
    const [list = ''] = /\[\s{0,99}$/.exec(text.slice(Math.max(open - 100, from), open)) ?? []
    const starts = list === '' ? [open] : [open - list.length, open]
    for (const start of starts) {
      const close = endOfJson(text, start)
      const json = close === null ? '' : text.slice(start, close)
      if (close !== null && holdsLead(json))
        return { json, around: `${text.slice(0, start)} ${text.slice(close)}` }
    }
    from = open + 1
  }
  return null
}

function endOfJson(text: string, start: number): number | null {
  const end = findBracket(text, start, (_, depth) => depth === 0)
  return end === null ? null : end + 1
}

function holdsLead(json: string): boolean {
  const value = valueOf(json)
  if (typeof value !== 'object' || value === null) return false
  if (Array.isArray(value)) return isAnswers(value) || value.some(isLeadObject)
  // What a page says of its own business is no lead.
  return !('@context' in value) && (heldLeads(value) !== null || isLead(value))
}

function isLeadObject(item: unknown): boolean {
  return typeof item === 'object' && item !== null && isLead(item)
}

function valueOf(json: string): unknown {
  try {
    return JSON.parse(withExactNumbers(json))
  } catch {
    return readMendedJson(json)?.value
  }
}
