import { SaxesParser } from 'saxes'
import type { XmlElement } from '../domain/adf/xml.ts'
import { AdfError } from './adf-error.ts'
import type { AdfErrorKind } from './adf-error.ts'
import { foldLines } from './fold-lines.ts'
import { TreeBuilder } from './tree-builder.ts'
import { writeXml } from './write-xml.ts'

/**
 * Parses a document strictly, or throws an `AdfError`. Returns an element that contains the root.
 *
 * Only the header is repaired, because the header in ADF's specification is not XML. A DOCTYPE is
 * refused at any place, so that XML's own five entities are the only ones to expand.
 */
export function parseXml(text: string): XmlElement {
  const parser = new SaxesParser()
  const tree = new TreeBuilder(() => parser)
  const refuse = (kind: AdfErrorKind, reason: string): never => {
    throw new AdfError(kind, reason, parser)
  }
  parser.on('error', (error) => refuse('malformed', withoutQuotes(error.message)))
  parser.on('doctype', () => refuse('doctype', 'the document has a DOCTYPE, which is not allowed'))
  parser.on('attribute', () => {
    tree.countAttribute()
  })
  parser.on('opentag', (tag) => {
    tree.openElement(tag.name, tag.attributes)
  })
  parser.on('closetag', () => {
    tree.closeElement()
  })
  parser.on('text', (piece) => {
    tree.addText(piece)
  })
  parser.on('cdata', (piece) => {
    tree.addText(piece)
  })
  parser.on('processinginstruction', ({ target, body }) => {
    tree.addInstruction(target, body)
  })

  const header = blankHeader(text)
  if (header.hasDoctype) refuse('doctype', 'the document has a DOCTYPE, which is not allowed')
  parser.write(header.text).close()
  return tree.document
}

/** As ADF 1.0 has it: its own instruction follows that of XML. */
const HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n<?adf version="1.0"?>'

/**
 * Renders prospects as one document, in pure ASCII: some receivers read no other charset, and
 * ASCII is the same in all of them. Attributes have no line ends, because XML does not keep them; lines
 * are folded where mail needs it.
 */
export function serialiseAdf(prospects: XmlElement[]): string {
  const root = writeXml({ name: 'adf', attributes: {}, children: prospects })
  const ascii = `${HEADER}\n${root}`.replace(
    /[^\n\x20-\x7e]/gu,
    (character) => `&#${character.codePointAt(0) ?? 0};`
  )
  return `${foldLines(ascii)}\n`
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
