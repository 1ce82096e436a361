import { fileFault } from '../file-fault.ts'
import type { FileFault } from '../file-fault.ts'
import { MAX_CELL, MAX_COLUMNS } from '../limits.ts'
import { presentNumber } from './numbers.ts'
import type { NumberKind } from './numbers.ts'
import { unescapeText } from './shared-strings.ts'
import { kindOf } from './workbook.ts'
import type { XmlHandler } from './xml.ts'

/** A row of a sheet. A number stands for the shared text of that number. */
export interface SheetRow {
  line: number
  cells: (string | number | null)[]
  /** The first cell, from 1, with a formula that has no result; or null. */
  unsolved: number | null
}

/** The maximum number of columns of a sheet. */
const MAX_SHEET_COLUMNS = 16_384
/** A row that is too wide keeps only enough cells to show it. */
const KEPT_COLUMNS = MAX_COLUMNS + 1

/** Collects the rows of a sheet from the events of its XML. */
export class SheetRows {
  readonly #kinds: readonly NumberKind[]
  readonly #is1904: boolean
  #rows: SheetRow[] = []
  #row: SheetRow = { line: 0, cells: [], unsolved: null }
  #column = -1
  #type = 'n'
  #style: string | undefined
  #value = ''
  #isValue = false
  #isPhonetic = false
  #isFormula = false
  #hasValue = false

  constructor(kinds: readonly NumberKind[], is1904: boolean) {
    this.#kinds = kinds
    this.#is1904 = is1904
  }

  readonly handler: XmlHandler = {
    open: (name, attributes) => {
      this.#open(name, attributes)
    },
    text: (text) => {
      if (this.#isValue && this.#value.length <= MAX_CELL) {
        this.#value += text.slice(0, 2 * MAX_CELL)
      }
    },
    close: (name) => {
      this.#close(name)
    }
  }

  /** The rows that ended since the last call. */
  take(): SheetRow[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  #open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'row':
        this.#row = { line: Number(attributes.r ?? this.#row.line + 1), cells: [], unsolved: null }
        this.#column = -1
        break
      case 'c':
        this.#column = attributes.r === undefined ? this.#column + 1 : columnOf(attributes.r)
        this.#type = attributes.t ?? 'n'
        this.#style = attributes.s
        this.#value = ''
        this.#isFormula = false
        this.#hasValue = false
        break
      case 'f':
        this.#isFormula = true
        break
      case 'rPh':
        this.#isPhonetic = true
        break
      case 'v':
      case 't':
        this.#isValue = !this.#isPhonetic
        this.#hasValue = true
        break
    }
  }

  #close(name: string): void {
    switch (name) {
      case 'row':
        if (!Number.isInteger(this.#row.line)) throw brokenSheet()
        if (this.#row.cells.length > 0) this.#rows.push(this.#row)
        break
      case 'c':
        if (this.#isUnsolved()) this.#row.unsolved ??= this.#column + 1
        this.#keep(this.#present())
        break
      case 'rPh':
        this.#isPhonetic = false
        break
      case 'v':
      case 't':
        this.#isValue = false
        break
    }
  }

  #keep(cell: string | number | null): void {
    if (this.#column < 0 || this.#column >= MAX_SHEET_COLUMNS) throw brokenSheet()
    if (cell === null) return
    const { cells } = this.#row
    const at = Math.min(this.#column, KEPT_COLUMNS - 1)
    while (cells.length < at) cells.push(null)
    cells[at] = cell
  }

  /** Programs that write workbooks leave results out; an empty text is a result. */
  #isUnsolved(): boolean {
    if (this.#type === 'e') return this.#isFormula
    const isEmptyText = this.#type === 'str' && this.#hasValue
    return this.#isFormula && this.#value === '' && !isEmptyText
  }

  /** The value of the cell. For a formula, its result. */
  #present(): string | number | null {
    if (this.#value === '') return null
    switch (this.#type) {
      case 's':
        return Number(this.#value)
      case 'b':
        return this.#value === '1' || this.#value === 'true' ? 'true' : 'false'
      case 'e':
        return null
      case 'n':
        return presentNumber(this.#value, kindOf(this.#kinds, this.#style), this.#is1904)
      default:
        return unescapeText(this.#value)
    }
  }
}

function brokenSheet(): FileFault {
  return fileFault('sheet_cell_misplaced')
}

/** The column of a cell such as `AB12`, counted from 0. */
function columnOf(reference: string): number {
  let column = 0
  for (const letter of reference.toUpperCase()) {
    const place = letter.charCodeAt(0) - 64
    if (place < 1 || place > 26) break
    column = column * 26 + place
    if (column > MAX_SHEET_COLUMNS) throw brokenSheet()
  }
  return column - 1
}
