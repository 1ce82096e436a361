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
