import { decodeReferences } from '../domain/text/html-references.ts'
import { contactLinkOf, joinedDigits, saysNothing } from './html-links.ts'
import { MAX_CELL, MAX_COLUMNS } from './limits.ts'
import type { TableRow } from './table-rows.ts'

/** A row that is too wide keeps only enough cells to show it. */
const KEPT_COLUMNS = MAX_COLUMNS + 1

/** A tag that is longer is text. */
const MAX_TAG = 10_000

/** In how many rows below a cell that spans them is read: a list has no more, and each costs its length. */
const MAX_REPEATED = 20

/** A cell of a row above that spans this column further down. */
interface Spanning {
  text: string
  /** The rows that it still spans, and those in which its text is still read. */
  rows: number
  repeated: number
}

/** Collects the rows of the tables of HTML, piece by piece. A table within a cell is text of that cell. */
export class HtmlRows {
  #text = ''
  #rows: TableRow[] = []
  #line = 0
  #cells: string[] | null = null
  #cell: string | null = null
  /** The e-mail or phone to which a link in the cell leads; null: none does. */
  #link: string | null = null
  #span = 1
  #rowSpan = 1
  /** By column: the cells of rows above that reach into the rows to come. */
  #spanning: (Spanning | undefined)[] = []
  #depth = 0
  /** The end of what is skipped, such as a comment; null: nothing is. */
  #skipTo: string | null = null

  /** The rows that end within the text so far. */
  push(piece: string): TableRow[] {
    this.#text += piece
    this.#readAll()
    return this.#take()
  }

  /** The rows that are left at the end of the file. */
  end(): TableRow[] {
    this.#addText(this.#text)
    this.#endRow()
    return this.#take()
  }

  #take(): TableRow[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  #readAll(): void {
    let at = 0
    for (;;) {
      const end = this.#skipTo === null ? this.#readTag(at) : this.#skip(at, this.#skipTo)
      if (end === null) break
      at = end
    }
    this.#text = this.#text.slice(this.#rest(at))
  }

  /** Where the text begins that waits for the next piece. */
  #rest(at: number): number {
    if (this.#skipTo !== null) return Math.max(at, this.#text.length - this.#skipTo.length)
    return at
  }

  #skip(at: number, end: string): number | null {
    const found = this.#text.toLowerCase().indexOf(end, at)
    if (found === -1) return null
    this.#skipTo = null
    return found + end.length
  }

  /** Reads up to the end of the next tag, and returns it; null: the rest waits for the next piece. */
  #readTag(at: number): number | null {
    const open = this.#text.indexOf('<', at)
    if (open === -1) return null
    const next = this.#text[open + 1]
    if (next !== undefined && !/[a-z/!?]/i.test(next)) {
      this.#addText(this.#text.slice(at, open + 1))
      return open + 1
    }
    const isComment = this.#text.startsWith('<!--', open)
    const close = isComment ? open + 3 : this.#text.indexOf('>', open)
    if (close === -1 && this.#text.length - open <= MAX_TAG) return null
    this.#addText(this.#text.slice(at, open))
    if (close === -1 || close - open > MAX_TAG) {
      this.#addText('<')
      return open + 1
    }
    if (isComment) this.#skipTo = '-->'
    else this.#takeTag(this.#text.slice(open + 1, close))
    return close + 1
  }

  #takeTag(tag: string): void {
    const [, slash, name = ''] = /^(\/?)([a-z][a-z0-9]{0,20})/i.exec(tag) ?? []
    const isEnd = slash === '/'
    switch (name.toLowerCase()) {
      case 'style':
      case 'script':
      case 'title':
        if (!isEnd && !tag.endsWith('/')) this.#skipTo = `</${name.toLowerCase()}>`
        break
      case 'table':
        this.#depth = Math.max(this.#depth + (isEnd ? -1 : 1), 0)
        if (this.#depth === 0) {
          this.#endRow()
          this.#spanning = []
        }
        break
      case 'tr':
        if (this.#depth > 1) break
        this.#endRow()
        if (!isEnd) this.#cells = []
        break
      case 'td':
      case 'th':
        if (this.#depth > 1) this.#addText(' ')
        else this.#takeCell(tag, isEnd)
        break
      case 'a':
        this.#link ??= isEnd ? null : contactLinkOf(tag)
        break
      case 'br':
      case 'p':
      case 'div':
        if (this.#cell !== null && this.#cell !== '') this.#addText('\n')
    }
  }

  #takeCell(tag: string, isEnd: boolean): void {
    this.#endCell()
    if (isEnd) return
    this.#cells ??= []
    this.#cell = ''
    this.#link = null
    this.#span = spanIn(tag, COLUMNS)
    this.#rowSpan = spanIn(tag, ROWS)
  }

  #addText(text: string): void {
    if (this.#cell !== null && this.#cell.length <= 2 * MAX_CELL) this.#cell += text
  }

  #endCell(): void {
    if (this.#cell === null || this.#cells === null) return
    const read = decodeReferences(this.#cell)
      .split('\n')
      .map((line) => line.replace(/[\s\u00a0]+/g, ' ').trim())
      .filter((line) => line !== '')
      .join('\n')
    const text = this.#link !== null && saysNothing(read) ? this.#link : joinedDigits(read)
    this.#takeSpanned(this.#cells, this.#cells.length)
    const cells = [text.slice(0, MAX_CELL), ...Array<string>(this.#span - 1).fill('')]
    for (const one of cells.slice(0, Math.max(KEPT_COLUMNS - this.#cells.length, 0))) {
      const spanned = { text: one, rows: this.#rowSpan - 1, repeated: MAX_REPEATED }
      this.#spanning[this.#cells.length] = spanned.rows > 0 ? spanned : undefined
      this.#cells.push(one)
    }
    this.#cell = null
  }

  /** The cells of rows above that stand in the row from this column on, up to one that is the row's own. */
  #takeSpanned(cells: string[], from: number): void {
    for (let at = from; this.#spanning[at] !== undefined; at += 1) cells.push(this.#spanned(at))
  }

  #spanned(at: number): string {
    const above = this.#spanning[at]
    if (above === undefined) return ''
    const text = above.repeated > 0 ? above.text : ''
    this.#spanning[at] =
      above.rows > 1 ? { text, rows: above.rows - 1, repeated: above.repeated - 1 } : undefined
    return text
  }

  /** The cells of rows above that stand behind the last one of the row. */
  #endSpanned(cells: string[]): void {
    const isEmpty = cells.length === 0
    for (let at = cells.length; at < this.#spanning.length; at += 1) {
      const text = this.#spanned(at)
      // A row without cells of its own is no row.
      if (!isEmpty) cells.push(text)
    }
    const last = this.#spanning.findLastIndex((one) => one !== undefined)
    this.#spanning.length = last + 1
  }

  #endRow(): void {
    this.#endCell()
    if (this.#cells === null) return
    this.#endSpanned(this.#cells)
    this.#rows.push({ line: ++this.#line, cells: this.#cells, fault: null, repair: null })
    this.#cells = null
  }
}

const COLUMNS = /\scolspan\s{0,9}=\s{0,9}["']?(\d{1,4})/i
const ROWS = /\srowspan\s{0,9}=\s{0,9}["']?(\d{1,5})/i

/** How many columns or rows a cell spans. */
function spanIn(tag: string, name: RegExp): number {
  return Math.max(Number(name.exec(tag)?.[1] ?? 1), 1)
}
