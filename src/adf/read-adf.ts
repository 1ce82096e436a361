import type { Prospects } from '../domain/adf/read-prospects.ts'
import type { UnmappedValue } from '../domain/leads/lead.ts'
import type { XmlElement } from '../domain/adf/xml.ts'
import { AdfError } from './adf-error.ts'
import { parseXml } from './adf-xml.ts'
import type { DecodedText } from '../decoding/decode-text.ts'
import { unfold } from './fold-lines.ts'
import { ADF_TAG, findEscapedDocument, locateProspects } from './locate-prospects.ts'
import { Repairs } from '../decoding/repairs.ts'
import { buildTree } from './tolerant/build-tree.ts'
import { tokenise } from './tolerant/tokens.ts'

/** The result of reading a document. */
export interface AdfDocument extends Prospects {
  /** The repairs that made the document readable. */
  repairs: UnmappedValue[]
  /** Whether the document ends within its last prospect. */
  isCut: boolean
}

/** Services that pass on texts escape a document in another one. */
const MAX_ESCAPED = 2

/** Numbers of references that XML allows and that no writer means. */
const WINDOWS_REFERENCE = /&#(?:12[89]|1[345]\d|x[89][\da-f]);/i

/**
 * Reads an ADF document as it is meant: strictly at first, and with repairs where it is not well-formed.
 * Null: the document has no prospect. Throws an `AdfError` at parts that no sender of leads writes: a DOCTYPE,
 * or more elements, attributes and levels than the limits allow.
 */
export function readAdf({ text, repairs }: DecodedText): AdfDocument | null {
  const read = readText(text, MAX_ESCAPED)
  return read && { ...read, repairs: [...repairs, ...read.repairs] }
}

/** A DOCTYPE that declares nothing: with the address of a DTD, which is not read. */
const PLAIN_DOCTYPE = /<!doctype\s[^<>["']{0,200}(?:(?:"[^"<>]{0,500}"|'[^'<>]{0,500}')\s*){0,2}>/iy

function readText(given: string, escapedLeft: number): AdfDocument | null {
  const text = blankDoctype(given)
  const { document, repairs, isCut } = parse(text)
  const located = locateProspects(document)
  if (located) {
    const { departures, ...found } = located
    const prospects = found.prospects.map(unfold)
    return { ...found, prospects, repairs: [...departures, ...repairs], isCut }
  }
  if (escapedLeft === 0) return null
  const escaped = findEscapedDocument(document)
  const inner = escaped && readText(escaped.text, escapedLeft - 1)
  if (!inner) return readComments(text, escapedLeft - 1)
  const around = { path: 'document', text: escaped.name, code: 'escaped_document' as const }
  return {
    ...inner,
    outside: { ...inner.outside, children: [...inner.outside.children, ...escaped.rest] },
    repairs: [around, ...repairs, ...inner.repairs]
  }
}

/** The document that stands in comments of another one, as pages and mails hide it from readers. */
function readComments(text: string, escapedLeft: number): AdfDocument | null {
  const shown = withoutMarks(text)
  const inner = shown === text ? null : readText(shown, escapedLeft)
  const told = { path: 'document', text: '<!-- -->', code: 'escaped_document' as const }
  return inner && { ...inner, repairs: [told, ...inner.repairs] }
}

/** The text with blanks for the marks of the comments that have ADF in them. */
function withoutMarks(text: string): string {
  const pieces = text.split('<!--')
  return pieces
    .map((piece, at) => {
      if (at === 0) return piece
      const end = piece.indexOf('-->')
      const isAdf = end !== -1 && ADF_TAG.test(piece.slice(0, end))
      return isAdf ? `    ${piece.slice(0, end)}   ${piece.slice(end + 3)}` : `<!--${piece}`
    })
    .join('')
}

/** Blanks a plain DOCTYPE before the root; blanks, so that positions stay true. */
function blankDoctype(text: string): string {
  const start = text.search(/<(?!\?|!--)/)
  PLAIN_DOCTYPE.lastIndex = Math.max(start, 0)
  const [doctype] = PLAIN_DOCTYPE.exec(text) ?? []
  if (start === -1 || doctype === undefined) return text
  const rest = text.slice(start + doctype.length)
  return text.slice(0, start) + doctype.replace(/\S/g, ' ') + rest
}

function parse(text: string): { document: XmlElement; repairs: UnmappedValue[]; isCut: boolean } {
  if (!WINDOWS_REFERENCE.test(text)) {
    try {
      return { document: parseXml(text), repairs: [], isCut: false }
    } catch (error) {
      if (!(error instanceof AdfError) || error.kind !== 'malformed') throw error
    }
  }
  const repairs = new Repairs()
  const { document, isCut } = buildTree(text, tokenise(text, repairs), repairs)
  return { document, repairs: repairs.describe(text), isCut }
}
