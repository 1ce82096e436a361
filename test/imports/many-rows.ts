import { because } from '../../src/domain/reasons/reasons.ts'
import { sentenceOf } from '../../src/wording/reasons.ts'

/** Lists of any length whose every row is known: one in twenty has a fault, of one of four kinds. */

export const COLUMNS = [
  'ID',
  'Imię i nazwisko',
  'E-mail',
  'Telefon',
  'Marka',
  'Model',
  'Rok produkcji',
  'Uwagi'
]

const FIRST = ['Łukasz', 'Ewa', 'Żaneta', 'Jan', 'Śmiłka', 'Paweł', 'Grażyna', 'Zoë', 'Ćmil', 'Ola']
const LAST = ['Żółć', 'Kos', 'Wąs', 'Lis', 'Źrebiec', 'Dąb', 'Nowak', 'Gęś', 'Pająk', 'Śnieg']

const FAULT_EVERY = 20

/** The cells of row `number`, counted from 1. */
export function rowOf(number: number): string[] {
  const name = nameOf(number)
  const isCalled = number % 3 === 0
  const cells = [
    `r${number}`,
    name,
    `klient${number}@example.pl`,
    isCalled ? `601${String(number).padStart(6, '0')}` : '',
    'Škoda',
    'Octavia',
    String(1990 + (number % 35)),
    number % 10 === 5 ? 'Dzwonić po "16"\nalbo w sobotę' : ''
  ]
  switch (faultOf(number)?.kind) {
    case 'contact':
      cells[2] = ''
      cells[3] = ''
      break
    case 'long year':
      cells[6] = '20222'
      break
    case 'year':
      cells[6] = 'dwa tysiące'
      break
    case 'ragged':
      cells.splice(7, 1, 'jedna', 'i druga')
      break
    case undefined:
  }
  return cells
}

export function nameOf(number: number): string {
  return `${FIRST[number % 10]} ${LAST[Math.floor(number / 10) % 10]}`
}

/** Rows without a way to reach the person: the other faults cost no row. */
export function badRows(count: number): number {
  return Math.floor(count / FAULT_EVERY / FAULTS.length)
}

const FAULTS = [
  {
    kind: 'contact',
    column: '',
    reason: because('unreachable'),
    place: null
  },
  { kind: 'long year', column: 'Rok produkcji', reason: because('not_year'), place: 6 },
  {
    kind: 'year',
    column: 'Rok produkcji',
    reason: because('not_year'),
    place: 6
  },
  {
    kind: 'ragged',
    column: '',
    reason: because('too_many_cells', { cells: 9, columns: 8 }),
    place: null
  }
] as const

function faultOf(number: number) {
  return number % FAULT_EVERY === 0
    ? (FAULTS[(number / FAULT_EVERY) % FAULTS.length] ?? null)
    : null
}

/** The file as text, some rows at a time. */
export function* textOf(count: number, separator: string): Generator<string> {
  const write = (cells: readonly string[]) => cells.map(quoted).join(separator)
  yield `${write(COLUMNS)}\r\n`
  for (let from = 1; from <= count; from += 500) {
    const to = Math.min(from + 499, count)
    yield numbers(from, to)
      .map((number) => `${write(rowOf(number))}\r\n`)
      .join('')
  }
}

/** The same as rows of a sheet. */
export function sheetOf(count: number): string {
  return [COLUMNS, ...numbers(1, count).map(rowOf)].map(sheetRow).join('')
}

function sheetRow(cells: readonly string[], place: number): string {
  const inner = cells.map((cell, at) =>
    cell === ''
      ? ''
      : `<c r="${String.fromCharCode(65 + at)}${place + 1}" t="inlineStr"><is><t>${cell}</t></is></c>`
  )
  return `<row r="${place + 1}">${inner.join('')}</row>`
}

/** The file of problems, line by line: rows with line breaks in them take two lines of a text. */
export function problemLines(count: number, { isText }: { isText: boolean }): string[] {
  const head = ['row', 'line', 'severity', 'columns', 'codes', 'problems', ...COLUMNS].join(',')
  let line = 2
  const problems = numbers(1, count).flatMap((number) => {
    const cells = rowOf(number)
    const at = line
    line += isText && cells.some((cell) => cell.includes('\n')) ? 2 : 1
    const fault = faultOf(number)
    if (!fault) return []
    const sentence = sentenceOf(fault.reason, 'en')
    const said =
      fault.place === null ? sentence : `${fault.column}: ${sentence} (${cells[fault.place]})`
    const isBad = fault.kind === 'contact'
    const about = [isBad ? 'bad' : 'warning', fault.column, fault.reason.code, said]
    const words = [number, at, ...about, ...cells.slice(0, 8).map((cell) => (isBad ? cell : ''))]
    return [words.map(String).map(quoted).join(',')]
  })
  return [head, ...problems]
}

function quoted(cell: string): string {
  return /[",;\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at)
}

const POLISH = 'ĄĆĘŁŃÓŚŹŻąćęłńóśźżŠë'
const IN_1250 = 'a5c6caa3d1d38c8fafb9e6eab3f1f39c9fbf8aeb'

/** Text of Polish letters as older spreadsheets write it. */
export function toWindows1250(text: string): Buffer {
  const bytes = Buffer.from(IN_1250, 'hex')
  return Buffer.from(
    Array.from(text, (sign) => {
      const place = POLISH.indexOf(sign)
      const code = place === -1 ? sign.charCodeAt(0) : (bytes[place] ?? 0)
      if (code > 255) throw new Error(`no byte for ${sign}`)
      return code
    })
  )
}
