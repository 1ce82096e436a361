import t from 'tap'

import { read, readCells } from './reading.ts'

void t.test('lines that are between quotes as a whole have cells', async (t) => {
  for (const separator of [';', ',']) {
    const lines = ['Imię;Telefon;E-mail', 'Jan;601777146;q@sp.example', 'Ewa;601777147;']
    const file = lines.map((line) => `"${line.replaceAll(';', separator)}"\n`).join('')
    for (const size of [1, 65_536]) {
      const { columns, rows } = await read(Buffer.from(file), {}, size)
      t.strictSame(columns, ['Imię', 'Telefon', 'E-mail'])
      t.strictSame(rows[0]?.cells, ['Jan', '601777146', 'q@sp.example'])
      t.strictSame(rows[1]?.cells.slice(0, 2), ['Ewa', '601777147'])
    }
  }
  for (const file of [
    '"Imię,Nazwisko,E-mail"\n"Jan,Kos,jan@sp.example"\n',
    '"Imię,Nazwisko,E-mail"\r\n"Jan,Kos,jan@sp.example"',
    '"Imię;Nazwisko;E-mail"\n"Jan;""Kos"";jan@sp.example"\n'
  ]) {
    t.strictSame(await readCells(Buffer.from(file)), [
      ['Imię', 'Nazwisko', 'E-mail'],
      ['Jan', 'Kos', 'jan@sp.example']
    ])
  }
  const { columns } = await read(Buffer.from('"Name, first"\n"Kos, Jan"\n'), {})
  t.equal(columns.length, 1, 'a column of texts with commas is one')
})

void t.test('only some lines may be between quotes as a whole', async (t) => {
  const files = [
    'Imię,Nazwisko,E-mail\n"Jan,Kos,jan@sp.example"\n"Ewa,Lis,ewa@sp.example"\n',
    'Imię,Nazwisko,E-mail\r\n"Jan,Kos,jan@sp.example"\r\nEwa,Lis,ewa@sp.example',
    '"Imię,Nazwisko,E-mail"\nJan,Kos,jan@sp.example\nEwa,Lis,ewa@sp.example',
    'Imię;Nazwisko;E-mail\n"Jan;""Kos"";jan@sp.example"\nEwa;Lis;ewa@sp.example\n'
  ]
  for (const file of files) {
    for (const size of [1, 65_536]) {
      t.strictSame(
        await readCells(Buffer.from(file), {}, size),
        [
          ['Imię', 'Nazwisko', 'E-mail'],
          ['Jan', 'Kos', 'jan@sp.example'],
          ['Ewa', 'Lis', 'ewa@sp.example']
        ],
        file
      )
    }
  }
  const texts = 'Note,Name,Phone\n"one, two, three"\n"a, b",Jan,601234567\n'
  const [, first, second] = await readCells(Buffer.from(texts))
  t.strictSame([first, second], [['one, two, three'], ['a, b', 'Jan', '601234567']])
})

void t.test('a header that is shorter than its only row is one', async (t) => {
  const { columns, rows } = await read(Buffer.from('Imię;Telefon\nJan;601777151;x;y\n'), {})
  t.strictSame(columns.slice(0, 2), ['Imię', 'Telefon'])
  t.strictSame(rows[0]?.cells.slice(0, 2), ['Jan', '601777151'])
})
