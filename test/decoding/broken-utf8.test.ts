import iconv from 'iconv-lite'
import t from 'tap'

import { decodeText } from '../../src/decoding/decode-text.ts'
import { guessEncoding } from '../../src/decoding/encoding.ts'

const PL = { locale: 'pl', country: 'PL' }
const ES = { locale: 'es', country: 'ES' }
const DE = { locale: 'en', country: 'DE' }
const US = { locale: 'en', country: 'US' }

/** UTF-8 with pieces in another encoding. */
function mixed(utf8: string, rest: string, encoding: string): Buffer {
  return Buffer.concat([Buffer.from(utf8), iconv.encode(rest, encoding)])
}

void t.test('wrong bytes are replaced in UTF-8, however many, and the rest stays', (t) => {
  const cases = [
    ['<name>Łukasz</name>', 'a – b – c', 'windows-1252'],
    ['Zażółć: ', 'do 90 000 € – „pilne”… może', 'windows-1250'],
    ['Zoë: ', '12 000 € lub 11 000 €', 'windows-1252'],
    ['Zoë: ', 'Café déjà vu', 'windows-1252'],
    ['Łukasz: ', 'Dziękuję, żona też ogląda', 'windows-1250'],
    ['Björn: ', '“Größe” – 5 €, Straße', 'windows-1252'],
    ['José: ', '“Muñoz” – ¿cuánto? mañana 5 €', 'windows-1252']
  ] as const
  for (const origin of [PL, ES, DE, US]) {
    for (const [utf8, rest, encoding] of cases) {
      const bytes = mixed(utf8, rest, encoding)
      const { text, repairs } = decodeText(bytes, undefined, origin)
      t.equal(text, utf8 + rest, `${rest} at ${origin.country}`)
      t.ok(repairs.length > 1 && repairs.every(({ code }) => code === 'replaced_byte'), rest)
      t.equal(guessEncoding(bytes, origin).encoding, 'utf-8', 'and in a list')
    }
  }
  t.end()
})

void t.test('a document in an encoding of Windows is none of DOS or a Mac', (t) => {
  const texts = ['10 000 € – “ok”…', '12 000 € – 11 000 €', '12 000 €', 'it’s – “fine”']
  for (const origin of [PL, ES, DE, US]) {
    for (const text of texts) {
      const read = decodeText(iconv.encode(`Jan ${text}`, 'windows-1252'), undefined, origin)
      t.equal(read.text, `Jan ${text}`, `${text} at ${origin.country}`)
    }
  }
  t.end()
})

void t.test('a character that is UTF-8 by chance makes no UTF-8', (t) => {
  for (const [text, encoding] of [
    ['SPÓŁKA ŻÓŁĆ', 'windows-1250'],
    ['Пётр', 'windows-1251']
  ] as const) {
    const bytes = iconv.encode(text, encoding)
    t.equal(decodeText(bytes, undefined, PL).text, text)
    t.equal(guessEncoding(bytes, PL).encoding, encoding)
  }
  t.end()
})

void t.test('a sample that ends within a character is UTF-8', (t) => {
  for (const text of ['Łukasz Ł', 'ok € 5 €', 'Jan 😀']) {
    const bytes = Buffer.from(text)
    t.equal(guessEncoding(bytes.subarray(0, -1), US).encoding, 'utf-8', text)
  }
  t.end()
})
