import { SaxesParser } from 'saxes'
import { create } from 'xmlbuilder2'
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js'
import { localName } from '../domain/adf/element-cursor.ts'
import type { XmlElement } from '../domain/adf/xml.ts'
import { toXmlText } from '../domain/adf/xml.ts'

export { decodeXml } from './adf-decoding.ts'
export { mendEntities } from './adf-mending.ts'

const MAX_DEPTH = 64
const MAX_ELEMENTS = 20_000
const MAX_ATTRIBUTES = 20_000

export type AdfErrorKind = 'doctype' | 'malformed' | 'too-complex' | 'not-adf'

/** Why a document was refused. The message quotes nothing of the document: it may be logged. */
export class AdfError extends Error {
  override readonly name = 'AdfError'
  readonly kind: AdfErrorKind
  /** 1-based, in the text as given to `parseXml`. */
  readonly line: number
  /** 0-based. */
  readonly column: number

  constructor(kind: AdfErrorKind, reason: string, position: { line: number; column: number }) {
    super(`${reason} (line ${position.line}, column ${position.column})`)
    this.kind = kind
    this.line = position.line
    this.column = position.column
  }
}

/**
 * Parses an ADF document strictly, or throws an `AdfError`.
 *
 * Only the header is mended, because the one ADF's specification prints is not XML. A DOCTYPE is
 * refused wherever it stands, so there are no entities but XML's own five to expand.
 */
export function parseXml(text: string): XmlElement {
  const parser = new SaxesParser()
  const tree = new TreeBuilder()
  const refuse = (kind: AdfErrorKind, reason: string): never => {
    throw new AdfError(kind, reason, parser)
  }
  let attributes = 0

  parser.on('error', (error) => refuse('malformed', withoutQuotes(error.message)))
  parser.on('doctype', () => refuse('doctype', 'the document has a DOCTYPE'))
  parser.on('attribute', () => {
    attributes += 1
    if (attributes > MAX_ATTRIBUTES) refuse('too-complex', 'too many attributes')
  })
  parser.on('opentag', (tag) => {
    tree.open(tag.name, tag.attributes)
    if (tree.depth > MAX_DEPTH) refuse('too-complex', 'elements are nested too deeply')
    if (tree.elements > MAX_ELEMENTS) refuse('too-complex', 'too many elements')
    if (tree.elements === 1 && localName(tag.name) !== 'adf') {
      refuse('not-adf', 'the root element is not adf')
    }
  })
  parser.on('closetag', () => {
    tree.close()
  })
  parser.on('text', (piece) => {
    tree.addText(piece)
  })
  parser.on('cdata', (piece) => {
    tree.addText(piece)
  })
  parser.on('processinginstruction', ({ target, body }) => {
    tree.open(`?${target}`, {})
    tree.addText(body)
    tree.close()
    if (tree.elements > MAX_ELEMENTS) refuse('too-complex', 'too many processing instructions')
  })

  const header = blankHeader(text)
  if (header.hasDoctype) refuse('doctype', 'the document has a DOCTYPE')
  parser.write(header.text).close()
  const { root } = tree
  if (!root) return refuse('malformed', 'there is no root element')
  const names = root.children.flatMap((child) => (typeof child === 'string' ? [] : [child.name]))
  if (!names.some((name) => localName(name) === 'prospect')) {
    refuse('not-adf', 'the document has no prospect')
  }
  return root
}

/**
 * Renders prospects as one document, in pure ASCII: some receivers read no other charset, and
 * ASCII is the same in all of them. Attributes hold no line ends, because XML would not keep them.
 */
export function serialiseAdf(prospects: XmlElement[]): string {
  const document = create({ version: '1.0', encoding: 'UTF-8' })
  document.ins('adf', 'version="1.0"')
  const root = document.ele('adf')
  for (const prospect of prospects) appendElement(root, prospect)
  const text = document.end({ prettyPrint: true })
  return `${text.replace(/[^\n\x20-\x7e]/gu, (character) => `&#${character.codePointAt(0) ?? 0};`)}\n`
}

function appendElement(parent: XMLBuilder, element: XmlElement): void {
  const node = parent.ele(element.name)
  for (const [name, value] of Object.entries(element.attributes)) {
    node.att(name, escapeAmpersands(toXmlText(value).replace(/\s+/g, ' ')))
  }
  for (const child of element.children) {
    if (typeof child === 'string') node.txt(escapeAmpersands(toXmlText(child)))
    else appendElement(node, child)
  }
}

/** xmlbuilder2 takes `&lt;` in a text for markup already escaped; a person may have typed it. */
function escapeAmpersands(text: string): string {
  return text.replaceAll('&', '&amp;')
}

/** Collects the parser's events into elements; neighbouring pieces of text become one. */
class TreeBuilder {
  root: XmlElement | null = null
  elements = 0
  readonly #path: XmlElement[] = []

  get depth(): number {
    return this.#path.length
  }

  open(name: string, attributes: Record<string, string>): void {
    const element: XmlElement = { name, attributes: { ...attributes }, children: [] }
    const parent = this.#path.at(-1)
    this.elements += 1
    if (parent) parent.children.push(element)
    else if (!name.startsWith('?')) this.root ??= element
    this.#path.push(element)
  }

  close(): void {
    this.#path.pop()
  }

  addText(piece: string): void {
    const siblings = this.#path.at(-1)?.children
    if (!siblings || piece === '') return
    const last = siblings.at(-1)
    if (typeof last === 'string') siblings[siblings.length - 1] = last + piece
    else siblings.push(piece)
  }
}

/**
 * Blanks the byte order mark and every `xml` and `adf` instruction before the root, in any order,
 * case and spelling. It writes blanks so that positions in errors stay true.
 */
function blankHeader(text: string): { text: string; hasDoctype: boolean } {
  const pieces: string[] = []
  let start = 0
  for (;;) {
    const blanks = /[\s\ufeff]*/y
    blanks.lastIndex = start
    pieces.push((blanks.exec(text)?.[0] ?? '').replace(/\ufeff/g, ' '))
    start = blanks.lastIndex
    const close = text.startsWith('<!--', start) ? '-->' : '?>'
    if (close === '?>' && !text.startsWith('<?', start)) break
    const end = text.indexOf(close, start + 2)
    if (end === -1) break
    const part = text.slice(start, end + close.length)
    const isHeader = /^<\?(?:xml|adf)(?![\w:.-])/i.test(part)
    pieces.push(isHeader ? part.replace(/\S/g, ' ') : part)
    start = end + close.length
  }
  const hasDoctype = /^<!doctype/i.test(text.slice(start, start + 9))
  return { text: pieces.join('') + text.slice(start), hasDoctype }
}

/** The parser's reason without its position and without the names it quotes. */
function withoutQuotes(message: string): string {
  const [reason = ''] = message.replace(/^\d+:\d+: /, '').split(/[:.]/, 1)
  return reason
}
