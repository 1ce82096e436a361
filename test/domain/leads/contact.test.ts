import t from 'tap'

import { contactKeys, displayName, vehicleKey } from '../../../src/domain/leads/contact.ts'
import { contact, vehicle } from '../../support/builders.ts'

void t.test('a person is shown by their name, else by their company', async (t) => {
  t.equal(
    displayName(contact({ firstName: 'Ann', lastName: 'Lee', nameSuffix: 'Jr.' })),
    'Ann Lee Jr.'
  )
  t.equal(displayName(contact({ fullName: 'Ann Lee', firstName: 'A' })), 'Ann Lee')
  t.equal(displayName(contact({ companyName: 'Smith & Sons' })), 'Smith & Sons')
  t.equal(displayName(contact()), null)
})

void t.test('only usable e-mails and phones are keys', async (t) => {
  const keys = contactKeys(
    contact({
      emails: [
        { address: 'Ann@example.com', raw: 'Ann@example.com', valid: true },
        { address: 'ann@EXAMPLE', raw: 'ann@EXAMPLE', valid: false }
      ],
      phones: [
        { number: '+48601234567', raw: '601234567', valid: true, type: 'voice', time: null },
        { number: 'ask', raw: 'ask', valid: false, type: 'voice', time: null }
      ]
    })
  )
  t.strictSame(keys, ['e:ann@example.com', 'p:+48601234567'])
})

void t.test('a number that can’t be read is known by its digits', async (t) => {
  const keysOf = (number: string) =>
    contactKeys(
      contact({ phones: [{ number, raw: number, valid: false, type: 'voice', time: null }] })
    )
  t.strictSame(keysOf('12 34 56-7 '), keysOf('1234-56 7'))
  t.strictSame(keysOf('١٢٣٤٥٦٩'), ['p:1234569'])
  for (const made of ['000000', '111 111 111', '123456', '123456789', '12345']) {
    t.strictSame(keysOf(made), [], `${made} is typed by strangers`)
  }
})

void t.test(
  'a vehicle is named by its VIN, its stock number, or make, model and year',
  async (t) => {
    t.equal(vehicleKey([]), null)
    t.equal(
      vehicleKey([vehicle({ interest: 'trade-in', make: 'Opel' })]),
      null,
      'owned, not wanted'
    )
    t.equal(vehicleKey([vehicle({ make: 'KIA', model: 'Ceed', year: 2022 })]), 'kia ceed 2022')
    t.equal(vehicleKey([vehicle({ make: 'Kia', stockNumber: 'U-12' })]), 'stock u 12')
    t.equal(vehicleKey([vehicle({ vin: 'wdb1', stockNumber: 'U-12' })]), 'vin wdb1')
  }
)
