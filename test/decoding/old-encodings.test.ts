import iconv from 'iconv-lite'
import t from 'tap'

import { decodeAll } from '../../src/decoding/decoders.ts'
import { guessEncoding } from '../../src/decoding/encoding.ts'

/** Lists of Turkey and Greece in the encodings of DOS and of old Macs, by the names of iconv-lite. */
const LISTS: Record<string, string> = {
  cp857: 'Ad;Soyad\nİbrahim;Üçk\nGündoğdu;Şahin\nÇelik;Öztürk',
  macturkish: 'Ad;Soyad\nİbrahim;Üçk\nGündoğdu;Şahin\nÇelik;Öztürk',
  cp737: 'Όνομα;Επώνυμο\nΓιώργος;Παπαδόπουλος\nΕλένη;Νικολάου',
  macgreek: 'Όνομα;Επώνυμο\nΓιώργος;Παπαδόπουλος\nΕλένη;Νικολάου'
}

void t.test('lists of Turkey and Greece are right in old encodings, at any dealer', (t) => {
  for (const [page, list] of Object.entries(LISTS)) {
    for (const country of ['PL', 'DE', 'ES', 'US', 'TR', 'GR']) {
      const bytes = iconv.encode(list, page)
      const { encoding } = guessEncoding(bytes, { locale: 'en', country })
      t.equal(decodeAll(bytes, encoding), list, `${page} at ${country}`)
    }
  }
  t.end()
})

/** Lists of other languages in the encodings of DOS, Windows and old Macs that have them. */
const OTHERS: Record<string, readonly [list: string, pages: readonly string[]]> = {
  sv: [
    'Name;City\nÅsa Öberg;Malmö\nBjörn Åkesson;Göteborg\n',
    ['cp850', 'cp865', 'macintosh', 'windows-1252']
  ],
  da: [
    'Navn;By\nSøren Kjær;Århus\nBjørn Sørensen;Køge\n',
    ['cp850', 'cp865', 'macintosh', 'windows-1252']
  ],
  uk: ['Name;City\nІгор Шевченко;Київ\nЇва Їжак;Львів\n', ['cp1125', 'windows-1251']],
  lt: ['Name;City\nKęstutis Žukauskas;Šiauliai\nJūratė;Vilnius\n', ['cp775', 'windows-1257']],
  pl: ['Name;City\nŁukasz Żółć;Łódź\nZdzisława;Gdańsk\n', ['windows-1257', 'cp852']],
  pt: [
    'Nome;Cidade\nJoão Conceição;São Paulo\nMárcia Simões;Guimarães\n',
    ['cp860', 'cp850', 'macintosh']
  ],
  ro: ['Nume;Ora\nŞtefan Ţîrlea;Braşov\nIon Ştefănescu;Piteşti\n', ['macromania']],
  he: ['Name;City\nמשה כהן;תל אביב\nדוד לוי;חיפה\n', ['windows-1255']]
}

void t.test('lists of more languages are right in their encodings, at any dealer', (t) => {
  for (const [language, [list, pages]] of Object.entries(OTHERS)) {
    for (const page of pages) {
      for (const country of ['PL', 'DE', 'US']) {
        const bytes = iconv.encode(list, page)
        const { encoding } = guessEncoding(bytes, { locale: 'en', country })
        t.equal(decodeAll(bytes, encoding), list, `${language}, ${page} at ${country}`)
      }
    }
  }
  t.end()
})
