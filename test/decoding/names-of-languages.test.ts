import t from 'tap'

import { decodeText } from '../../src/decoding/decode-text.ts'
import { must } from '../support/must.ts'

/** Names by the encoding in which an old program of their country writes them. */
const NAMES: Record<string, readonly string[]> = {
  'windows-1254': [
    'Gülşen Yıldız',
    'Şükrü Kılıç',
    'Tuğba Şimşek',
    'Ömer Koç',
    'Büşra Taş',
    'İbrahim Çakır'
  ],
  'windows-1253': ['Γιώργος Παππάς', 'Ελένη Δήμου', 'Ζωή Ψαρρού'],
  'windows-1257': ['Rūta Žukienė', 'Mindaugas Čepėnas', 'Giedrė Šimkutė'],
  'windows-1251': ['Иван Петров', 'Ольга Щукина'],
  'windows-1252': [
    'Jürgen Weiß',
    'José Núñez',
    'Hélène Lefèvre',
    'João Magalhães',
    'Søren Kjær',
    'Åsa Öberg'
  ]
}
/** Of one encoding, in several languages: Czech, Slovak, Hungarian, Romanian, Croatian and Polish. */
const CENTRAL = [
  ...['Lucie Veselá', 'Petr Horák', 'Miloš Zeman', 'Ondřej Růžička', 'Jana Malá', 'Štěpán Říha'],
  ...['Jozef Hruška', 'Peter Mráz', 'Ľubomír Ďurica'],
  ...['Kiss Győző', 'Varga Gergő', 'Fekete Jenő', 'Erdős Bálint', 'Szűcs Gábor', 'Nagy Ödön'],
  ...['Andreea Stănescu', 'Cătălin Munteanu', 'Ştefan Ionescu', 'Răzvan Bălan'],
  ...['Željko Kovačević', 'Đuro Babić', 'Ante Perić'],
  ...['Jan Święcicki', 'Łukasz Żółć', 'Ewa Pączek']
]
const VIETNAMESE = ['Nguyễn Văn Đức', 'Trần Thị Hồng', 'Lê Minh Phương', 'Phạm Hữu Tài']

const DEALERS = [
  { locale: 'en', country: 'US' },
  { locale: 'pl', country: 'PL' },
  { locale: 'de', country: 'DE' },
  { locale: 'es', country: 'ES' }
]

/** The characters of an encoding by their bytes. */
function bytesOf(text: string, encoding: string): Buffer {
  const bytes = Array.from({ length: 256 }, (_, byte): [string, number] => [
    new TextDecoder(encoding).decode(Uint8Array.of(byte), { stream: true }),
    byte
  ])
  const byCharacter = new Map(bytes.toReversed())
  return Buffer.from(Array.from(text, (one) => must(byCharacter.get(one), `${one} in ${encoding}`)))
}

/** With the marks of tones apart from their letters, as windows-1258 has them. */
function toneApart(text: string): string {
  return Array.from(text.normalize('NFC'), (letter) => {
    const [tone = ''] = /[\u0300\u0301\u0303\u0309\u0323]/.exec(letter.normalize('NFD')) ?? []
    return letter.normalize('NFD').replace(tone, '').normalize('NFC') + tone
  }).join('')
}

void t.test('one name tells the encoding of its body, at any dealer', (t) => {
  const all = [
    ...Object.entries(NAMES).flatMap(([encoding, names]) =>
      names.map((name) => ({ name, encoding }))
    ),
    ...CENTRAL.map((name) => ({ name, encoding: 'windows-1250' })),
    ...VIETNAMESE.map((name) => ({ name: toneApart(name), encoding: 'windows-1258' }))
  ]
  for (const { name, encoding } of all) {
    const bodies = [
      `{"contact":{"fullName":"${name}","email":"a@names.example"},"message":"Hello"}`,
      `fullName=${name}&email=a@names.example`
    ]
    for (const body of bodies) {
      const bytes = bytesOf(body, encoding)
      for (const dealer of DEALERS) {
        t.equal(decodeText(bytes, undefined, dealer).text, body, `${name} at ${dealer.country}`)
      }
    }
  }
  t.end()
})
