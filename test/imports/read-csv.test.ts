import t from 'tap'

import { because } from '../../src/domain/reasons/reasons.ts'
import { read, readCells } from './reading.ts'

const POLISH = 'Imię;Miasto\nŁukasz Żółć;Łódź\nŚwiętosława Źdźbło;Gdańsk ąę\n'
const SPANISH = 'Nombre,Ciudad\nÍñigo Muñoz,A Coruña\nMaría José,Cádiz\n'

/** Node encodes nothing but Unicode: each letter by the byte that decodes to it. */
function encode(text: string, encoding: string): Buffer {
  const decoder = new TextDecoder(encoding)
  const bytes = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Buffer.from([byte])), byte])
  )
  return Buffer.from(Array.from(text, (letter) => bytes.get(letter) ?? 63))
}
const utf16le = (text: string) => Buffer.from(text, 'utf16le')
const utf16be = (text: string) => utf16le(text).swap16()

void t.test('encodings are told apart, in pieces of any size', async (t) => {
  const cases: [string, string, Buffer, string][] = [
    ['utf-8', 'utf-8', Buffer.from(POLISH), POLISH],
    ['utf-8 with a mark', 'utf-8', Buffer.from(`\ufeff${POLISH}`), POLISH],
    ['windows-1250', 'windows-1250', encode(POLISH, 'windows-1250'), POLISH],
    ['iso-8859-2', 'iso-8859-2', encode(POLISH, 'iso-8859-2'), POLISH],
    ['utf-16le', 'utf-16le', utf16le(POLISH), POLISH],
    ['utf-16le with a mark', 'utf-16le', utf16le(`\ufeff${POLISH}`), POLISH],
    ['utf-16be', 'utf-16be', utf16be(POLISH), POLISH],
    ['utf-16be with a mark', 'utf-16be', utf16be(`\ufeff${POLISH}`), POLISH]
  ]
  for (const [name, encoding, file, text] of cases) {
    const expected = text
      .trim()
      .split('\n')
      .map((line) => line.split(';'))
    for (const size of [1, 3, 65_536]) {
      const { reading } = await read(file, {}, size)
      t.equal(reading.encoding, encoding, `${name}, by ${size}`)
      t.strictSame(await readCells(file, {}, size), expected, `${name}, by ${size}`)
    }
  }
  const spanish = await read(encode(SPANISH, 'windows-1252'), {
    origin: { locale: 'es', country: 'ES' }
  })
  t.equal(spanish.reading.encoding, 'windows-1252')
  t.strictSame(spanish.rows[0]?.cells, ['Íñigo Muñoz', 'A Coruña'])
})

void t.test('an encoding that shows only far into the file is heeded', async (t) => {
  const plain = 'Imie;Miasto\n' + 'Jan;Krakow\n'.repeat(20_000)
  const { reading, rows } = await read(encode(`${plain}Łucja;Łódź\n`, 'windows-1250'))
  t.equal(reading.encoding, 'windows-1250')
  t.strictSame(rows.at(-1), { line: 20_002, cells: ['Łucja', 'Łódź'], fault: null, repair: null })
})

void t.test('separators, quotes and line ends', async (t) => {
  const cases: Record<string, [string, (string | null)[][]]> = {
    comma: [
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2']
      ]
    ],
    'semicolon beside commas': [
      'a;b\n1,5;2,5\n',
      [
        ['a', 'b'],
        ['1,5', '2,5']
      ]
    ],
    'semicolon of the names beside many commas': [
      'Name;E-mail;Message\nAnna;a@x.pl;Hi, it is me, Anna, call\nEwa;e@x.pl;Well, yes, no, ok, call\n',
      [
        ['Name', 'E-mail', 'Message'],
        ['Anna', 'a@x.pl', 'Hi, it is me, Anna, call'],
        ['Ewa', 'e@x.pl', 'Well, yes, no, ok, call']
      ]
    ],
    'semicolon of names between quotes beside many commas': [
      '"Kolor";"Pole"\nred, blue, green, pink;1\nred, tan, gray, pink;2\n',
      [
        ['Kolor', 'Pole'],
        ['red, blue, green, pink', '1'],
        ['red, tan, gray, pink', '2']
      ]
    ],
    'comma of the names beside many semicolons': [
      'Kolor,Pole\nred; blue; green; pink,1\nred; tan; gray; pink,2\n',
      [
        ['Kolor', 'Pole'],
        ['red; blue; green; pink', '1'],
        ['red; tan; gray; pink', '2']
      ]
    ],
    tab: [
      'a\tb\n1 x\t2\n',
      [
        ['a', 'b'],
        ['1 x', '2']
      ]
    ],
    pipe: [
      'a|b\n1|2\n',
      [
        ['a', 'b'],
        ['1', '2']
      ]
    ],
    declared: [
      'sep=;\r\na,x;b\r\n1;2\r\n',
      [
        ['a,x', 'b'],
        ['1', '2']
      ]
    ],
    'CR alone': [
      'a,b\r1,2\r3,4',
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4']
      ]
    ],
    'quotes with line breaks': [
      'a,b\n"1\r\n2, x",3\n',
      [
        ['a', 'b'],
        ['1\n2, x', '3']
      ]
    ],
    'doubled quotes': ['a,b\n"say ""hi""",""\n', [['a', 'b'], ['say "hi"']]],
    'a quote in text': [
      'a,b\n5" pipe,x\n',
      [
        ['a', 'b'],
        ['5" pipe', 'x']
      ]
    ],
    'blanks around quotes': [
      'a,b\n "x, y" ,z\n',
      [
        ['a', 'b'],
        ['x, y', 'z']
      ]
    ],
    'empty lines': [
      '\n\na,b\n\n1,2\n,\n',
      [
        ['a', 'b'],
        ['1', '2']
      ]
    ],
    'trailing empty cells': [
      'a,b,,\n1,2,,,,\n',
      [
        ['a', 'b'],
        ['1', '2']
      ]
    ],
    'names again and none': [
      'a,,a\n1,2,3\n',
      [
        ['a', 'Column 2', 'a 2'],
        ['1', '2', '3']
      ]
    ],
    'guarded cells': [
      "a,b\n'=1+1,'x\n'＋1,' =1\n''=1,'-5\n",
      [
        ['a', 'b'],
        ['=1+1', "'x"],
        ['＋1', ' =1'],
        ["'=1", "'-5"]
      ]
    ],
    'a shorter row': ['a,b\n1\n', [['a', 'b'], ['1']]]
  }
  for (const [name, [file, expected]] of Object.entries(cases)) {
    for (const size of [1, 65_536]) {
      t.strictSame(await readCells(Buffer.from(file), {}, size), expected, `${name}, by ${size}`)
    }
  }
})

void t.test('a bad row takes no other with it', async (t) => {
  const file = 'a,b\n1,"open\n2,"x" y\n3,ok,more\n"4\n5",ok\n6,"y"\n7,\0z\n8,"end\n'
  for (const size of [1, 65_536]) {
    const { rows } = await read(Buffer.from(file), {}, size)
    t.strictSame(
      rows.map(({ line, cells, fault }) => [line, fault?.code ?? cells]),
      [
        [2, ['1', '"open']],
        [3, ['2', '"x" y']],
        [4, ['3', 'ok', 'more']],
        [5, ['4\n5', 'ok']],
        [7, ['6', 'y']],
        [8, ['7', 'z']],
        [9, ['8', '"end']]
      ],
      `by ${size}`
    )
  }
})

void t.test('rows and cells have an end', async (t) => {
  const file = Buffer.from(`a,b\n1,${'x'.repeat(10_001)}\n${'y'.repeat(2_100_000)}\n3,ok\n`)
  const { rows } = await read(file)
  t.strictSame(
    rows.map(({ line, fault }) => [line, fault]),
    [
      [2, null],
      [3, because('row_too_long', { limit: 1_000_000 })],
      [4, null]
    ]
  )
  const wide = Array.from({ length: 201 }, (_, at) => `c${at}`).join(',')
  await t.rejects(read(Buffer.from(wide)), /too_many_columns/)
})

void t.test('no file of rows', async (t) => {
  await t.rejects(read(Buffer.from('')), { message: 'file_empty' })
  await t.rejects(read(Buffer.from('\n\n')), { message: 'file_empty' })
  t.strictSame(await readCells(Buffer.from('a,b')), [['a', 'b']])
})

void t.test('bytes that are no characters show', async (t) => {
  const text = Buffer.from('a\nżółw\n')
  const file = Buffer.concat([text, Buffer.alloc(70_000, 'x\n'), Buffer.from([0xff, 10])])
  const { rows } = await read(file, {}, 70_000)
  t.strictSame(rows.at(-1)?.fault, because('characters_unreadable', { encoding: 'utf-8', cell: 1 }))
})
