import iconv from 'iconv-lite'
import t from 'tap'

import { decodeText } from '../../src/decoding/decode-text.ts'

const POLAND = { locale: 'pl', country: 'PL' }
const SPAIN = { locale: 'es', country: 'ES' }
const told = (text: string) => [{ path: 'document', text, code: 'charset_contradicted' }]

void t.test('a statement that the bytes contradict is told, an unknown one too', (t) => {
  const body = Buffer.from('<adf>Łukasz Żółć</adf>')
  for (const label of ['us-ascii', 'utf-16', 'x-foo', 'iso-8859-2'])
    t.strictSame(decodeText(body, label, POLAND).repairs, told(label), label)
  const declared = Buffer.from('<?xml version="1.0" encoding="utf-16"?><adf>Łukasz</adf>')
  t.strictSame(decodeText(declared, undefined, POLAND).repairs, told('utf-16'))
  t.strictSame(decodeText(body, 'utf-8', POLAND).repairs, [])
  t.strictSame(decodeText(Buffer.from('plain'), 'us-ascii', POLAND).repairs, [])
  t.end()
})

void t.test('a label under which words have signs in them is not believed, others are', (t) => {
  const text = '{"name":"Łukasz Żółć","city":"Łódź, ul. Święta"}'
  for (const page of ['win1250', 'cp852']) {
    const read = decodeText(iconv.encode(text, page), 'iso-8859-1', POLAND)
    t.equal(read.text, text, page)
    t.strictSame(read.repairs, told('windows-1252'), page)
  }
  for (const real of [
    'José Muñoz, 5 m², ¿qué precio? £500',
    'Ángel Núñez – 20°',
    'Jürgen Groß ½'
  ]) {
    const read = decodeText(iconv.encode(real, 'win1252'), 'iso-8859-1', SPAIN)
    t.strictSame(read, { text: real, repairs: [] })
  }
  t.end()
})
