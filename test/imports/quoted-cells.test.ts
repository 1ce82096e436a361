import t from 'tap'

import { because } from '../../src/domain/reasons/reasons.ts'
import { read, readCells } from './reading.ts'

const NAMES = 'Name;Email;Phone;Note'
const person = (at: number) => `Jan ${at};j${at}@quotes.example;601 234 56${at};note`

/** The rows of a file, in pieces of so many bytes. */
async function rowsOf(lines: readonly string[], size: number) {
  const { rows } = await read(Buffer.from([NAMES, ...lines].join('\n')), {}, size)
  return rows.map(({ line, cells, fault, repair }) => [line, cells.length, fault, repair])
}

const whole = (line: number) => [line, 4, null, null]
const repaired = (line: number, cell: number) => {
  return [line, 4, null, because('quote_read_as_text', { cell })]
}

void t.test('a stray quote costs no row, wherever the next quote is', async (t) => {
  const cases: [string, string[], unknown[]][] = [
    ['no other', [`"${person(1)}`, person(2), person(3)], [repaired(2, 1), whole(3), whole(4)]],
    [
      'at the end of another row',
      [`"${person(1)}`, person(2), `${person(3)}"`],
      [repaired(2, 1), whole(3), whole(4)]
    ],
    [
      'before the same separator of the next row',
      ['Jan 1;"j1@quotes.example;601 234 561;note', 'Jan 2;j2@quotes.example";601 234 562;note'],
      [repaired(2, 2), whole(3)]
    ],
    [
      'at the start of a cell of another row',
      [person(1).replace(';j', ';"j'), person(2), person(3).replace(';j', ';"j')],
      [repaired(2, 2), whole(3), repaired(4, 2)]
    ],
    [
      'in the same cell',
      [person(1).replace(';j1', ';"j1"x'), person(2)],
      [repaired(2, 2), whole(3)]
    ],
    [
      'beyond the limit of a quoted cell',
      ['Jan 1;j1@quotes.example;601 234 561;"note', ...Array<string>(60_000).fill('x'), '"'],
      [repaired(2, 4)]
    ]
  ]
  for (const [name, lines, expected] of cases) {
    for (const size of lines.length > 9 ? [65_536] : [1, 7, 65_536]) {
      const rows = await rowsOf(lines, size)
      t.strictSame(rows.slice(0, expected.length), expected, `${name}, by ${size}`)
      t.equal(rows.length, lines.length, `${name}, by ${size}`)
    }
  }
})

void t.test('a message of several lines is one cell', async (t) => {
  const messages = [
    'Hello,\nI want the red one; or the blue one;\nthanks; Jan',
    'first; second; third; fourth\nfifth',
    'one; two; three; four; five\nand six; seven; eight; nine',
    '\n\nCall me:\n601 234 567; 601 234 568; after five; not before\n',
    `"quoted"\n; and more ${'x'.repeat(9000)}\nend`
  ]
  for (const message of messages) {
    const cell = `"${message.replaceAll('"', '""')}"`
    const lines = message.split('\n').length
    for (const row of [`Jan;j@quotes.example;601;${cell}`, `Jan;j@quotes.example;${cell};601`]) {
      const file = [NAMES, row, person(2)].join('\n')
      for (const size of file.length > 1000 ? [65_536] : [1, 65_536]) {
        const { rows } = await read(Buffer.from(file), {}, size)
        const label = `${message.slice(0, 20)}, by ${size}`
        t.ok(rows[0]?.cells.includes(message), label)
        t.strictSame(
          rows.map(({ line, repair }) => [line, repair]),
          [
            [2, null],
            [2 + lines, null]
          ],
          label
        )
      }
    }
  }
})

void t.test('stray quotes take time by the length of the file', async (t) => {
  const files = {
    'a quote in each row': 'x";"b\n'.repeat(100_000),
    'a quote, and then none': `"a;b\n${'1;2\n'.repeat(100_000)}`,
    'many cells': `"a\n${';'.repeat(900_000)}`,
    'open in each cell': ';"a""'.repeat(40_000),
    'open at the start of each row': '"Jan;j@x.example;601 234 567;note\n'.repeat(100_000),
    'one line without an end': 'x'.repeat(5_000_000),
    'one line of quotes': '"'.repeat(5_000_000),
    'rows of 10,000 cells': `${'v;'.repeat(10_000)}\n`.repeat(50)
  }
  for (const [name, text] of Object.entries(files)) {
    const started = process.cpuUsage()
    await read(Buffer.from(`A;B;C;D\n${text}`)).catch(() => null)
    const { user } = process.cpuUsage(started)
    t.ok(user < 5_000_000, `${name}: ${user} µs`)
  }
})

void t.test('other requests have their turns while a large piece is read', async (t) => {
  const file = Buffer.from(`${NAMES}\n${`"${person(1)}\n`.repeat(20_000)}`)
  let turns = 0
  let isDone = false
  const count = () => {
    turns += 1
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  const { rows } = await read(file, {}, file.length)
  isDone = true
  t.equal(rows.length, 20_000)
  t.ok(turns >= Math.floor(file.length / 16_384), `${turns} turns in ${file.length} bytes`)
})

void t.test('a cell of too many lines comes as a few rows at a time', async (t) => {
  for (const line of ['x', '"a', 'a,b,601234567']) {
    const cell = `"${`${line}\n`.repeat(150_000)}"`
    const file = Buffer.from(`Name,Phone,Message\nJan,601234567,${cell}\nEwa,601234568,Hi\n`)
    const { rows, largestBatch } = await read(file, {}, file.length)
    t.ok(rows.length > 150_000, 'no line is lost')
    t.ok(largestBatch <= 1_100, `${largestBatch} rows at once`)
  }
})

void t.test('cells may be between other quotes', async (t) => {
  const quotes = ['“”', '„”', '„“', '«»', "''"]
  for (const [open = '', close = ''] of quotes.map((pair) => pair.split(''))) {
    const quoted = (cells: readonly string[]) =>
      cells.map((cell) => `${open}${cell}${close}`).join(',')
    const table = [
      ['First name', 'Last name', 'Message'],
      ['Jan', "O'Brien, Kos", 'red, please\nor blue'],
      ['Ewa', 'Lis', '']
    ]
    const file = `${table.map(quoted).join('\r\n')}\r\n`
    for (const size of [1, 7, 65_536]) {
      const cells = await readCells(Buffer.from(file), {}, size)
      t.strictSame(cells.slice(0, 2), table.slice(0, 2), `${open}${close}, by ${size}`)
      t.strictSame(cells[2]?.slice(0, 2), ['Ewa', 'Lis'])
    }
  }
  const usual = await readCells(Buffer.from('Name,Note\nJan,“red”\n'))
  t.strictSame(usual, [
    ['Name', 'Note'],
    ['Jan', '“red”']
  ])
})

void t.test('a cell of several lines may be the first one, or have lines like rows', async (t) => {
  const cases: [text: string, cells: (string | null)[][]][] = [
    [
      'Name;Phone\n"Jan\nKos";602900000\nEwa;602900001\n',
      [
        ['Jan\nKos', '602900000'],
        ['Ewa', '602900001']
      ]
    ],
    [
      'Name,Phone\r\n"Jan\r\nKos",602900000\r\nEwa,602900001\r\n',
      [
        ['Jan\nKos', '602900000'],
        ['Ewa', '602900001']
      ]
    ],
    [
      'Company\tName\tPhone\n"ACME\nSp. z o.o."\tJan\t602900000\nB\tEwa\t602900001\n',
      [
        ['ACME\nSp. z o.o.', 'Jan', '602900000'],
        ['B', 'Ewa', '602900001']
      ]
    ],
    [
      'Name;Phone;Note\nJan;602900000;"x\nAla;602900002;y"\nEwa;602900001;z\n',
      [
        ['Jan', '602900000', 'x\nAla;602900002;y'],
        ['Ewa', '602900001', 'z']
      ]
    ],
    [
      'Name;Note;Phone\nJan;"x\nAla;602900002;y";602900000\nEwa;z;602900001\n',
      [
        ['Jan', 'x\nAla;602900002;y', '602900000'],
        ['Ewa', 'z', '602900001']
      ]
    ]
  ]
  for (const [file, expected] of cases) {
    for (const size of [1, 7, 65_536]) {
      const { rows } = await read(Buffer.from(file), {}, size)
      t.strictSame(
        rows.map(({ cells, repair }) => [cells, repair]),
        expected.map((cells) => [cells, null]),
        `${file}, by ${size}`
      )
    }
  }
})

void t.test('a cell of several lines with separators is one, whatever its column', async (t) => {
  const texts = [
    'Kos,\nJan',
    'Kos;\n\nJan',
    'Kos\t\nJan',
    'Kos "Mały",\n; Jan',
    'x, y, z\nJan, Kos'
  ]
  const columns = [
    ['Name', 'Phone'],
    ['Name', 'Phone', 'Email'],
    ['Phone', 'Name'],
    ['Email', 'Name', 'Phone', 'Note']
  ]
  for (const text of texts) {
    for (const names of columns) {
      for (const separator of [',', ';', '\t']) {
        for (const isQuoted of [false, true]) {
          for (const end of ['\n', '\r\n']) {
            const cellOf = (name: string) =>
              ({ Phone: '585123456', Email: 'jan@quotes.example' })[name] ?? text
            const rows = [names, names.map(cellOf), names.map(cellOf)]
            const written = (cell: string) =>
              isQuoted || /[",;\n\t]/.test(cell)
                ? `"${cell.replaceAll('"', '""').replaceAll('\n', end)}"`
                : cell
            const file = rows.map((cells) => cells.map(written).join(separator)).join(end)
            for (const size of [1, 65_536]) {
              const read = await readCells(Buffer.from(file), {}, size)
              t.strictSame(read, rows, JSON.stringify(file))
            }
          }
        }
      }
    }
  }
})
