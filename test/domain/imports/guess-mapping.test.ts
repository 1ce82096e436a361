import t from 'tap'

import { COLUMN_NAMES } from '../../../src/domain/imports/column-names.ts'
import { IMPORT_FIELDS } from '../../../src/domain/imports/import-fields.ts'
import { guessMapping } from '../../../src/domain/imports/guess-mapping.ts'
import { IMPORT_TARGETS } from '../../../src/domain/imports/import.ts'

const CUSTOM = [{ key: 'loyaltyNo', label: 'Numer karty' }]

/** The guessed fields of a file with these columns. */
function guess(columns: Record<string, string[]>, target: 'leads' | 'clients' = 'leads') {
  const described = Object.entries(columns).map(([name, samples]) => ({
    name,
    samples,
    dates: null
  }))
  return guessMapping(described, target, CUSTOM).map(({ field }) => field)
}

const named = (...names: string[]) => guess(Object.fromEntries(names.map((name) => [name, []])))

void t.test('every name in the table means its field, and no other', async (t) => {
  for (const target of IMPORT_TARGETS) {
    for (const { path } of IMPORT_FIELDS[target]) {
      for (const called of [path, ...(COLUMN_NAMES[path] ?? [])]) {
        t.strictSame(guess({ [called]: [] }, target), [path], `${called} in ${target}`)
      }
    }
  }
})

void t.test('columns of real lists', async (t) => {
  t.strictSame(named('First Name', 'LAST NAME', 'E-mail Address', 'Mobile', 'ZIP Code'), [
    'contact.firstName',
    'contact.lastName',
    'contact.email',
    'contact.phone',
    'contact.address.postalCode'
  ])
  t.strictSame(named('Imię', 'Nazwisko', 'Adres e-mail', 'Nr tel.', 'Miejscowość', 'Uwagi'), [
    'contact.firstName',
    'contact.lastName',
    'contact.email',
    'contact.phone',
    'contact.address.city',
    'message'
  ])
  t.strictSame(named('Nombre', 'Apellidos', 'Correo electrónico', 'Teléfono móvil', 'Población'), [
    'contact.firstName',
    'contact.lastName',
    'contact.email',
    'contact.phone',
    'contact.address.city'
  ])
  t.strictSame(named('Customer phone number', 'Twój e-mail'), ['contact.phone', 'contact.email'])
  t.strictSame(named('Numer karty', 'loyaltyNo'), ['customFields.loyaltyNo', null])
  t.strictSame(named('Colour of the sky'), [null], 'nobody knows')
})

void t.test('a field is filled from one column: the surest', async (t) => {
  t.strictSame(named('Phone', 'Telefon'), ['contact.phone', null])
  t.strictSame(named('Your phone', 'Phone'), [null, 'contact.phone'])
})

void t.test('without a name that tells, by what all values look like', async (t) => {
  const columns = {
    A: ['ann@example.com', 'ben@example.com'],
    B: ['+48 601 234 567', '(601) 234-568'],
    C: ['WVWZZZ1JZXW000001', '1HGCM82633A004352'],
    D: ['2026-10-31', '2026-11-01'],
    E: ['12 500', '9 999'],
    F: ['ann@example.com', 'none'],
    G: ['11111111111111111']
  }
  const found = ['contact.email', 'contact.phone', 'vehicle.vin', null, null, null, null]
  t.strictSame(guess(columns), found)
  t.strictSame(guess({ 'E-mail': [], A: ['ann@example.com'] }), ['contact.email', null])
})
