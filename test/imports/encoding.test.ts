import iconv from 'iconv-lite'
import t from 'tap'

import { encodingName } from '../../src/imports/decoders.ts'
import { read } from './reading.ts'

const PL = { locale: 'pl', country: 'PL' } as const
const ES = { locale: 'es', country: 'ES' } as const
const US = { locale: 'en', country: 'US' } as const
const DE = { locale: 'en', country: 'DE' } as const

/** The names under which iconv-lite writes them. */
const WRITTEN: Record<string, string> = { 'mac-central-europe': 'maccenteuro' }

const encode = (text: string, encoding: string) => iconv.encode(text, WRITTEN[encoding] ?? encoding)

void t.test('encodings of Windows, DOS and Macs are told by what is plausible', async (t) => {
  const polish = 'Imie;Miasto\nŁukasz Żółć;Łódź\nŚwiętosława;Gdańsk\n'
  const spanish = 'Nombre;Ciudad\nJosé Muñoz;Cádiz\nBegoña Núñez;A Coruña\n'
  const german = 'Vorname;Ort\nJürgen Weiß;Köln\nJörg;München\n'
  const cases = [
    [PL, polish, ['windows-1250', 'iso-8859-2', 'cp852', 'mac-central-europe']],
    [US, polish, ['windows-1250', 'cp852']],
    [ES, spanish, ['windows-1252', 'macintosh', 'cp850']],
    [US, spanish, ['windows-1252', 'macintosh', 'cp850']],
    [PL, spanish, ['macintosh']],
    [DE, german, ['windows-1252', 'macintosh', 'cp850']],
    [PL, 'Imie;Nazwisko\nŁukasz;Żółć\n', ['windows-1250', 'cp852', 'mac-central-europe']],
    [PL, 'Nombre;Apellidos\nJosé;Muñoz\n', ['macintosh']],
    [US, 'Name,Note\nAnn,it’s “fine” – call\nBob O’Brien,wait…\n', ['windows-1252', 'macintosh']]
  ] as const
  for (const [origin, text, encodings] of cases) {
    for (const encoding of encodings) {
      const { reading, columns, rows } = await read(encode(text, encoding), { origin })
      const [, ...lines] = text.trim().split('\n')
      const found = rows.map(({ cells }) => cells.join(reading.separator ?? ''))
      t.strictSame(found, lines, `${encoding}, in ${origin.country}: ${columns.join()}`)
      t.equal(reading.encodingGuess?.certainty, 'sure', `${encoding}: ${lines.join()}`)
    }
  }
})

void t.test(
  'where two texts are as plausible, the guess is doubtful and both are shown',
  async (t) => {
    const { reading } = await read(encode('Name;Ort\nSchröder;Bonn\n', 'cp850'), { origin: US })
    t.equal(reading.encodingGuess?.certainty, 'doubtful')
    const samples = (reading.encodingGuess?.choices ?? []).map(({ sample }) => sample)
    t.ok(samples.includes('Schröder'), samples.join())
    const named = await read(encode('Name;Ort\nSchröder;Bonn\n', 'cp850'), {
      origin: US,
      encoding: 'cp850'
    })
    t.strictSame([named.reading.encodingGuess, named.rows[0]?.cells[0]], [null, 'Schröder'])
  }
)

void t.test('a byte that is no UTF-8 is not the encoding of the file', async (t) => {
  for (const lines of ['Żaneta;Łódź\n', 'José;x\n']) {
    const file = Buffer.concat([
      Buffer.from(`a;b\n${lines}x`),
      Buffer.from([0x96]),
      Buffer.from('y;z\n')
    ])
    for (const size of [1, 7, 65_536]) {
      const { reading, rows } = await read(file, { origin: PL }, size)
      t.equal(reading.encoding, 'utf-8')
      t.match(rows[1]?.fault, { code: 'characters_unreadable', facts: { cell: 1 } })
    }
  }
})

void t.test('encodings go by several names', (t) => {
  const names = {
    'Mac-Roman': 'macintosh',
    macintosh: 'macintosh',
    IBM852: 'cp852',
    '437': 'cp437',
    'x-mac-ce': 'mac-central-europe',
    'Windows-1250': 'windows-1250',
    latin1: 'latin1',
    klingon: null
  }
  for (const [given, name] of Object.entries(names)) t.equal(encodingName(given), name, given)
  t.end()
})
