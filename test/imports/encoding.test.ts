import iconv from 'iconv-lite'
import t from 'tap'

import { createDecoder, decodeAll, encodingName } from '../../src/decoding/decoders.ts'
import { guessEncoding } from '../../src/decoding/encoding.ts'
import { read } from './reading.ts'

const PL = { locale: 'pl', country: 'PL' } as const
const ES = { locale: 'es', country: 'ES' } as const
const US = { locale: 'en', country: 'US' } as const
const DE = { locale: 'en', country: 'DE' } as const
const TR = { locale: 'en', country: 'TR' } as const

/** The names under which iconv-lite writes them. */
const WRITTEN: Record<string, string> = {
  'mac-central-europe': 'maccenteuro',
  ibm866: 'cp866',
  'x-mac-cyrillic': 'maccyrillic'
}

const encode = (text: string, encoding: string) => iconv.encode(text, WRITTEN[encoding] ?? encoding)

void t.test('encodings of Windows, DOS and Macs are told by what is plausible', async (t) => {
  const polish = 'Imie;Miasto\nŁukasz Żółć;Łódź\nŚwiętosława;Gdańsk\n'
  const spanish = 'Nombre;Ciudad\nJosé Muñoz;Cádiz\nBegoña Núñez;A Coruña\n'
  const german = 'Vorname;Ort\nJürgen Weiß;Köln\nJörg;München\n'
  const russian = 'Имя;Город\nПётр Иванов;Москва\nЮлия ЩУКИНА;Санкт-Петербург\n'
  const ukrainian = 'Name;City\nОлена Шевченко;Київ\nЮлія Їжакевич;Львів\n'
  const bulgarian = 'Name;City\nГеорги Димитров;София\n'
  const greek = 'Name;City\nΓιώργος Παπαδόπουλος;Αθήνα\n'
  const turkish = 'Name;City\nŞükrü Yıldız;İstanbul\n'
  const lithuanian = 'Name;City\nKęstutis Žukauskas;Šiauliai\n'
  const cases = [
    [PL, polish, ['windows-1250', 'iso-8859-2', 'cp852', 'mac-central-europe']],
    [US, polish, ['windows-1250', 'cp852']],
    [ES, spanish, ['windows-1252', 'macintosh', 'cp850']],
    [US, spanish, ['windows-1252', 'macintosh', 'cp850']],
    [PL, spanish, ['macintosh']],
    [DE, german, ['windows-1252', 'macintosh', 'cp850']],
    [PL, russian, ['windows-1251', 'koi8-u', 'ibm866', 'iso-8859-5', 'x-mac-cyrillic']],
    [ES, ukrainian, ['windows-1251', 'koi8-u']],
    [US, bulgarian, ['windows-1251', 'ibm866']],
    [DE, greek, ['windows-1253', 'iso-8859-7']],
    [DE, turkish, ['windows-1254']],
    [TR, 'Ad;Not\nAyşe;Kaç para\n', ['windows-1254']],
    [PL, lithuanian, ['windows-1257']],
    [US, 'Name;City\nJānis Bērziņš;Rīga\n', ['windows-1257']],
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

void t.test(
  'few words are read in their encoding, or the guess is doubtful and shows them',
  async (t) => {
    const texts = [
      'Imię i nazwisko;Miejscowość\nGrażyna Wójcik;Świdnica\nMichał Pawłowski;Zielona Góra\n',
      'Klient;Uwagi\nJan Nowak;dzwonić po 17\nEwa Lis;chce jazdę próbną\n',
      'NAZWISKO;MIASTO\nWIŚNIEWSKI;ŁÓDŹ\nŻÓŁTY;BIAŁYSTOK\n',
      'imie;uwagi\nOla;„Octavia” – cena 79 900 zł\n',
      'Name,City\nAnna Nowak,Poznań\n',
      'Name,City\nRóża Kos,Radom\n',
      'Nombre;Población\nÁngel Ibáñez;Logroño\nMaría Peña;Málaga\n',
      'Nombre;Comentario\nLuis Pérez;¿Sigue disponible?\nAna Gil;mañana\n',
      'NOMBRE;CIUDAD\nNÚÑEZ;CÓRDOBA\nMUÑOZ;ALCALÁ\n',
      'Name,City\nJose Munoz,León\n',
      'Name;Straße\nJürgen Groß;Königsallee 5\nBärbel Müller;Grüner Weg\n',
      'Name;Ort\nUwe Schäfer;Köln\n',
      'NAME;ORT\nÜBELHÖR;KÖLN\n',
      'Name;Preis\nUwe;12.500 €\n',
      'Name,Note\nTom,it’s fine\nBob O’Neil,call “now”\n'
    ]
    const single = ['windows-1252', 'windows-1250', 'iso-8859-2', 'cp437', 'cp850', 'cp852']
    const encodings = [...single, 'macintosh', 'mac-central-europe']
    let sure = 0
    let doubtful = 0
    for (const text of texts) {
      for (const encoding of encodings) {
        const bytes = encode(text, encoding)
        if (iconv.decode(bytes, WRITTEN[encoding] ?? encoding) !== text) continue
        for (const origin of [PL, ES, US, DE]) {
          const guess = guessEncoding(bytes, origin)
          const isSure = guess.certainty === 'sure'
          const found = isSure ? [guess] : guess.choices
          const read = found.map((choice) => decodeAll(bytes, choice.encoding))
          if (!read.includes(text)) t.fail(`${encoding}, ${origin.country}: ${read.join(' / ')}`)
          if (isSure) sure += 1
          else doubtful += 1
        }
      }
    }
    t.ok(sure > 250 && doubtful < 40, `${sure} sure, ${doubtful} doubtful`)
  }
)

void t.test('all bytes from 80 to 9f are the characters of their encoding', (t) => {
  const bytes = Buffer.from(Array.from({ length: 128 }, (_, at) => at + 128))
  t.match(decodeAll(bytes, 'windows-1252'), /^€.‚ƒ„…†‡ˆ‰Š‹Œ.Ž..‘’“”•–—˜™š›œ.žŸ/)
  t.match(decodeAll(bytes, 'windows-1250'), /^€.‚.„…†‡.‰Š‹ŚŤŽŹ.‘’“”•–—.™š›śťžź/)
  t.match(decodeAll(bytes, 'macintosh'), /^ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü/)
  for (const encoding of ['cp437', 'cp850', 'cp852', 'mac-central-europe']) {
    t.equal(decodeAll(bytes, encoding), iconv.decode(bytes, WRITTEN[encoding] ?? encoding))
  }
  // Piece by piece they are the same.
  const decoder = createDecoder('windows-1252')
  const pieces = [...bytes].map((byte) => decoder.decode(Buffer.from([byte])))
  t.equal(pieces.join('') + decoder.end(), decodeAll(bytes, 'windows-1252'))
  t.end()
})

void t.test('UTF-16 is read with a mark and without, in both orders of bytes', async (t) => {
  const text = 'Imię;Poczta\nŻaneta Kłos;zk@utf.example\nÓscar;o@utf.example\n'
  for (const order of ['utf-16le', 'utf-16be']) {
    for (const mark of ['', '\ufeff']) {
      for (const size of [1, 65_536]) {
        const bytes = iconv.encode(mark + text, order)
        const { columns, rows, reading } = await read(bytes, { origin: ES }, size)
        t.equal(reading.encoding, order)
        t.strictSame(
          [columns, ...rows.map(({ cells }) => cells)],
          text
            .trim()
            .split('\n')
            .map((line) => line.split(';'))
        )
      }
    }
  }
})

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
