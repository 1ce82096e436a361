import t from 'tap'

import { EMPTY_ADDRESS } from '../../../src/domain/leads/empty-lead.ts'
import { blockingKeys } from '../../../src/domain/matching/blocking-keys.ts'
import { personForm } from '../../../src/domain/matching/person-form.ts'
import { contact } from '../../support/builders.ts'

const keysOf = (words: Parameters<typeof contact>[0]) => blockingKeys(personForm(contact(words)))

void t.test('people whose contact was damaged share a key', async (t) => {
  const address = { ...EMPTY_ADDRESS, postalCode: '31-146' }
  for (const [promise, one, other] of [
    ['a slip in the domain', { email: 'jkos82@gmial.com' }, { email: 'j.kos82@gmail.com' }],
    ['another provider', { email: 'janko82@wp.pl' }, { email: 'janko82@o2.pl' }],
    ['no country code', { phone: '+34636846734' }, { phone: '+48636846734' }],
    [
      'the sounds of the name',
      { firstName: 'Paweł', lastName: 'Rzepka' },
      { firstName: 'Zepka', lastName: 'Pawel' }
    ],
    ['a nickname', { firstName: 'Kasia', lastName: 'Nowak' }, { fullName: 'Katarzyna Nowak' }],
    [
      'a last name alone, at one postal code',
      { lastName: 'Nowak', address },
      { firstName: 'Jan', lastName: 'Nowak', address }
    ]
  ] as const) {
    const known = new Set(keysOf(one))
    t.ok(
      keysOf(other).some((key) => known.has(key)),
      promise
    )
  }
})

void t.test('no key comes from relays, placeholders and offices but the mailbox', async (t) => {
  t.strictSame(keysOf({ email: 'lead-hx8e0@reply.carportal.example' }), [])
  t.strictSame(keysOf({ email: 'brak@brak.pl', phone: '600000000' }), [])
  t.strictSame(keysOf({ email: 'biuro@agrobud.pl' }), ['m:biuro@agrobud.pl'])
})

void t.test('there are at most 12, and none is a strong key', async (t) => {
  const words = {
    fullName: 'Ana María José Luis Pedro Pablo',
    emails: Array.from({ length: 20 }, (_, at) => ({
      address: `person${at}@example.org`,
      raw: '',
      valid: true
    })),
    address: { ...EMPTY_ADDRESS, postalCode: '31-146' }
  }
  const keys = keysOf(words)
  t.equal(keys.length, 12)
  t.notOk(keys.some((key) => /^[ep]:/.test(key)))
})
