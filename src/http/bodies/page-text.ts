import { decodeReferences } from '../../domain/text/html-references.ts'
import { isColumnName } from '../../domain/imports/guess-mapping.ts'
import { contactLinkOf, saysNothing } from '../../imports/html-links.ts'

const MAX_LENGTH = 500_000

/** Whether a text begins as a page, or as a part of one. */
export const PAGE_START =
  /^[\s\ufeff]{0,99}<(?:!doctype\s+html|!--|html|head|body|table|div|p|ul|ol|dl|h[1-6]|br|b|strong|span|pre|center|font|section|article|main|meta)\b/i
/** Whether a text has elements that break its lines. */
export const PAGE_BREAK = /<(?:br|p|li|dd|td|div)\b/i

const TAG = /<(?:!--|(\/?)([a-z][a-z\d]{0,15})(?=[\s/>])[^<>]{0,2000}>)/gi
const BREAKS = new Set(
  (
    'br p div li ul ol dl dt tr table thead tbody h1 h2 h3 h4 h5 h6 hr section article header footer main form ' +
    'fieldset blockquote pre body center label'
  ).split(' ')
)
const CELLS = new Set(['td', 'th', 'dd'])
const BOLD = new Set(['b', 'strong'])
/** What no reader sees. */
const HIDDEN = new Set(['script', 'style', 'head', 'title', 'template', 'noscript'])

/**
 * The lines of a page as a reader sees them, with tabs between cells, and between a term and its description. A link whose
 * text says nothing is whom it leads to.
 */
export function linesOfPage(html: string): string[] {
  return linesOf(readTags(html, false)).map((cells) => cells.join('\t').trimEnd())
}

/** The cells of each line of a page. A break inside a cell, or between its descriptions, is a break within the value. */
export function rowsOfPage(html: string): string[][] {
  return linesOf(readTags(html, true))
}

function readTags(html: string, isByCells: boolean): string {
  if (html.length > MAX_LENGTH) return ''
  let place: Place = 'outside'
  let isDescribed = false
  let label = { end: -1, isBroken: false }
  const read = new PageLines()
  let at = 0
  let link: { target: string; start: number } | null = null
  TAG.lastIndex = 0
  for (let found = TAG.exec(html); found; found = TAG.exec(html)) {
    read.add(textAt(place, html.slice(at, found.index)))
    at = TAG.lastIndex
    const [tag, slash, given] = found
    const name = given?.toLowerCase() ?? ''
    if (given === undefined || (HIDDEN.has(name) && slash === '')) {
      at = given === undefined ? endOf(html, '-->', at) : endOf(html, `</${name}[^>]{0,99}>`, at)
      TAG.lastIndex = at
    } else if (isByCells && (OF_TABLE.has(name) || CELLS.has(name) || name === 'dt')) {
      read.add(markOf(name, slash === '', isDescribed))
      if (name !== 'td' && name !== 'th') isDescribed = name === 'dd'
      place = placeAfter(name, slash === '')
    } else if (isByCells && place === 'cell' && BREAKS.has(name)) read.add(VALUE_BREAK)
    else if (isByCells && place === 'cell' && BOLD.has(name)) continue
    else if (isByCells && name === 'br' && label.end === read.length && !label.isBroken)
      label.isBroken = true
    else if (isByCells && BOLD.has(name) && label.isBroken && label.end === read.length)
      read.add('\n')
    else if (BREAKS.has(name)) read.add('\n')
    else if (CELLS.has(name)) read.add(slash === '' ? '\t' : '')
    else if (BOLD.has(name) && slash === '/') {
      if (read.endsWithLabel()) {
        read.add('\t')
        label = { end: read.length, isBroken: false }
      }
    } else if (name === 'a' && slash === '') {
      const target = contactLinkOf(tag.slice(1, -1))
      link = target === null ? null : { target, start: read.pieces }
    } else if (name === 'a' && link) {
      if (saysNothing(read.textFrom(link.start))) read.replaceFrom(link.start, link.target)
      link = null
    }
  }
  read.add(html.slice(at))
  return read.textFrom(0)
}

/** More bold texts are those of no form, and to know whether each is a label takes time. */
const MAX_BOLD = 500

/** The text of a page so far, in pieces: to look at its end copies nothing of what is before it. */
class PageLines {
  readonly #pieces: string[] = []
  #tail = ''
  #bold = 0
  length = 0

  get pieces(): number {
    return this.#pieces.length
  }

  add(text: string): void {
    this.#pieces.push(text)
    this.length += text.length
    this.#tail = (this.#tail + text).slice(-MAX_LABEL - 1)
  }

  textFrom(piece: number): string {
    return this.#pieces.slice(piece).join('')
  }

  replaceFrom(piece: number, text: string): void {
    for (const gone of this.#pieces.splice(piece)) this.length -= gone.length
    this.add(text)
  }

  /** Whether the line has so far only what is called like a field: `<b>Name</b> Jan`. */
  endsWithLabel(): boolean {
    this.#bold += 1
    if (this.#bold > MAX_BOLD) return false
    const start = Math.max(this.#tail.lastIndexOf('\n'), this.#tail.lastIndexOf('\t'))
    const label = plainCell(this.#tail.slice(start + 1))
    return label.length < MAX_LABEL && isColumnName(label)
  }
}

/** Where a text stands: in a cell, in a row but in none of its cells, or elsewhere. */
type Place = 'outside' | 'row' | 'cell'

const VALUE_BREAK = '\u2028'
const OF_TABLE = new Set(['table', 'thead', 'tbody', 'tr', 'dl'])

/** Line breaks and tabs in the source of a cell are blanks, and between cells nothing. */
function textAt(place: Place, text: string): string {
  if (place === 'cell') return text.replace(/\s+/g, ' ')
  return place === 'row' && text.trim() === '' ? '' : text
}

function placeAfter(name: string, isStart: boolean): Place {
  if (CELLS.has(name) || name === 'dt') return isStart ? 'cell' : 'row'
  return isStart ? 'row' : 'outside'
}

/** What parts the cells and rows. A second description goes on with the first. */
function markOf(name: string, isStart: boolean, isDescribed: boolean): string {
  if (OF_TABLE.has(name)) return '\n'
  if (!isStart) return ''
  if (name === 'dt') return '\n'
  return name === 'dd' && isDescribed ? VALUE_BREAK : '\t'
}

function linesOf(read: string): string[][] {
  return decodeReferences(read)
    .split('\n')
    .map((line) => line.split('\t').map(valueOf))
    .map((cells) => (cells[0] === '' ? cells.slice(1) : cells))
    .filter((cells) => cells.some((cell) => cell !== ''))
}

function valueOf(cell: string): string {
  const lines = cell.split(VALUE_BREAK).map(plainCell)
  return lines.filter((line) => line !== '').join('\n')
}

const MAX_LABEL = 40

function plainCell(cell: string): string {
  return cell.replace(/[\s\u00a0]+/g, ' ').trim()
}

/** The place behind an end in any case of its letters; that of the text where it has none. */
function endOf(html: string, end: string, from: number): number {
  const pattern = new RegExp(end, 'gi')
  pattern.lastIndex = from
  return pattern.test(html) ? pattern.lastIndex : html.length
}
