import fc from 'fast-check'
import t from 'tap'
import { isAbsentName } from '../../../src/domain/text/absent-names.ts'
import { withoutReferences } from '../../../src/domain/text/html-references.ts'
import { isAbsentValue } from '../../../src/domain/text/absent-values.ts'
import { cleanText } from '../../../src/domain/text/clean-text.ts'
import { presentText } from '../../../src/domain/adf/xml.ts'
import type {
  Contact,
  EmailAddress,
  LeadContent,
  Party,
  PhoneNumber
} from '../../../src/domain/leads/lead.ts'
import { withoutNameMarks } from '../../../src/domain/contacts/name-marks.ts'
import { isYesOrNo } from '../../../src/domain/contacts/yes-or-no.ts'
import type { ExternalReference, Money } from '../../../src/domain/leads/values.ts'
import type { Price, Vehicle } from '../../../src/domain/leads/vehicle.ts'
import { CONTACT_CHANNELS, CONTACT_TIMES, PHONE_TYPES } from '../../../src/domain/leads/lead.ts'
import { VEHICLE_CONDITIONS, VEHICLE_INTERESTS } from '../../../src/domain/leads/vehicle.ts'
import { content, dealer, lead, readOne, render, validate } from '../../adf/documents.ts'

const PIECES = [
  ...['<', '>', '&', '"', "'", ']]>', '<![CDATA[', '<?x?>', '<!--', '&lt;', '&#65;', '&nbsp;'],
  ...[
    '\u0000',
    '\u001b',
    '\r\n',
    '\r',
    '\n',
    '\t',
    '\ud83d',
    '\udc00',
    '\uffff',
    '\u0085',
    '\u00a0'
  ],
  ...['🚗', '👩‍👧', 'שלום', '\u202eabc', 'Żółć', 'é', ' ', 'a', 'Unknown ', 'Label: ', '    ']
]
const piece = fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 4 }))
const anyText = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
const text = fc.option(anyText)
const message = fc.oneof(
  text,
  piece.map((part) => part.repeat(Math.ceil(10_000 / (part.length + 1)))),
  anyText.map((part) => `${part}\n--- Further details ---\nCompany: nobody`)
)

/** What stays of a text: XML's characters, without blanks around. A text for an absent value is nothing. */
function kept(value: string | null): string | null {
  const present = presentText(value)
  return present === null || isAbsentValue(present) ? null : present
}

const choice = <T>(values: readonly T[]) => fc.option(fc.constantFrom(...values))
const amount = fc.stringMatching(/^(?:0|[1-9]\d{0,6})(?:\.\d{2})?$/)
const currency = fc.constantFrom('CAD', 'USD', 'EUR', 'PLN')
const money: fc.Arbitrary<Money> = fc.record({ amount, currency })
const price: fc.Arbitrary<Price> = fc.record({
  amount,
  currency,
  type: choice(['quote', 'msrp', 'call'] as const),
  delta: choice(['absolute', 'relative', 'percentage'] as const),
  relativeTo: choice(['msrp', 'invoice'] as const),
  source: fc.option(fc.constantFrom('Blue "Guide"', '<&>', 'Żółć'))
})
const references: fc.Arbitrary<ExternalReference[]> = fc.array(
  fc.record({ id: anyText, source: text, sequence: choice(['1', '7', 'last']) }),
  { maxLength: 3 }
)

const vehicle: fc.Arbitrary<Vehicle> = fc.record({
  interest: fc.constantFrom(...VEHICLE_INTERESTS),
  condition: fc.constantFrom(...VEHICLE_CONDITIONS),
  references: fc.constant([]),
  year: fc.option(fc.integer({ min: 1900, max: 2100 })),
  make: text,
  model: text,
  trim: text,
  vin: text,
  plate: text,
  stockNumber: text,
  doors: text,
  bodyStyle: text,
  transmission: text,
  odometer: fc.option(
    fc.record({
      value: fc.integer({ min: 0, max: 999_999 }),
      unit: fc.constantFrom('km' as const, 'mi' as const),
      status: choice(['original', 'replaced'] as const)
    })
  ),
  state: text,
  colors: fc.array(fc.record({ interior: text, exterior: text, preference: choice([1, 2, 9]) }), {
    maxLength: 2
  }),
  image: fc.option(
    fc.record({
      url: anyText,
      width: choice([1, 640]),
      height: choice([2]),
      altText: fc.constant('a')
    })
  ),
  price: fc.option(price),
  priceComments: text,
  options: fc.array(
    fc.record({
      name: anyText,
      manufacturerCode: text,
      stockNumber: text,
      weighting: choice([-100, 0, 100]),
      price: fc.option(price)
    }),
    { maxLength: 2 }
  ),
  finance: fc.option(
    fc.record({
      method: text,
      amounts: fc.array(
        fc.tuple(money, choice(['maximum', 'exact'] as const)).map(([sum, limit]) => ({
          ...sum,
          type: 'monthly' as const,
          limit
        })),
        { maxLength: 2 }
      ),
      balance: fc.option(money.map((sum) => ({ ...sum, type: 'residual' as const })))
    })
  ),
  comments: text
})

/** A text for an absent value is no contact point to begin with. */
const saidText = anyText.filter((given) => !isAbsentValue(presentText(given) ?? ''))

/** `Unknown Unknown` is no name, and a text like others elsewhere; a spreadsheet writes `'A`, and forms `A,`. */
const nameText = text.filter((given) => {
  const present = presentText(given) ?? ''
  const clean = cleanText(withoutReferences(present))
  const isMarked = /^=?["'\u2018]/.test(clean) || withoutNameMarks(clean) !== clean
  return !isMarked && (isAbsentValue(present) || !isAbsentName(present, []))
})

const email: fc.Arbitrary<EmailAddress> = fc
  .oneof(fc.constantFrom('a@b.example', 'Ann+1@xn--mnchen-3ya.example'), saidText)
  .map((address) => ({ address, raw: address, valid: false }))
const phone: fc.Arbitrary<PhoneNumber> = fc
  .record({
    number: fc.oneof(fc.constantFrom('+15145550142', '+48225551234'), saidText),
    type: fc.constantFrom(...PHONE_TYPES),
    time: choice(CONTACT_TIMES)
  })
  .map((given) => ({ ...given, raw: given.number, valid: false }))

const contact: fc.Arbitrary<Contact> = fc.record({
  firstName: nameText,
  middleName: nameText,
  lastName: nameText,
  nameSuffix: nameText,
  fullName: nameText,
  companyName: text,
  emails: fc.array(email, { maxLength: 3 }),
  phones: fc.array(phone, { maxLength: 3 }),
  preferredChannel: choice(CONTACT_CHANNELS),
  preferredTime: choice(CONTACT_TIMES),
  language: text,
  address: fc.option(
    fc.record({
      street: fc.array(anyText, { maxLength: 5 }),
      apartment: text,
      city: text,
      region: text,
      postalCode: text,
      country: choice(['CA', 'PL']),
      type: choice(['work', 'home', 'delivery'] as const)
    })
  )
})

const party: fc.Arbitrary<Party> = fc.record({
  references,
  name: text,
  service: text,
  url: text,
  email: text,
  phone: text,
  contact: fc.option(contact)
})

/** Digits of a number in the message are the phone of a lead that has no other. */
const fieldValue = fc
  .jsonValue({ maxDepth: 2 })
  .filter((value) => !/\d(?:\D?\d){4}/.test(JSON.stringify(value)))

const generated: fc.Arbitrary<LeadContent> = fc
  .record({
    externalId: text,
    submittedAt: choice(['2026-03-02T08:15:30.5-05:00', '2026-03-02T08:15:30Z', 'rubbish']),
    contact,
    message,
    vehicles: fc.array(vehicle, { maxLength: 3 }),
    timeframe: fc.option(
      fc.record({
        description: text,
        earliest: choice(['2026-04-01']),
        latest: choice(['2026-05-01T10:00:00Z'])
      })
    ),
    attribution: fc.dictionary(anyText, anyText, { maxKeys: 3 }),
    customFields: fc.dictionary(anyText, fieldValue, { maxKeys: 3 }),
    references,
    vendor: fc.option(party),
    provider: fc.option(party),
    unmapped: fc.array(fc.record({ path: anyText, text: anyText }), { maxLength: 3 })
  })
  .map((part) => content(part))

const fallback = fc.constantFrom(dealer(), dealer({ email: null, phone: null, name: '<&"\'>' }))

// Break the escaping, the order of elements or a placeholder, and a run of these fails.
void t.test('every lead is a valid document that says the same when read', (t) => {
  fc.assert(
    fc.property(generated, fallback, (given, receiver) => {
      const document = render(lead({ content: given, dealer: receiver }))
      t.ok(/^[\n\x20-\x7e]*$/.test(document) || t.fail('not ASCII'))
      validate(document)
      const read = readOne(document)
      expectSame(read.message, kept(given.message))
      expectSame(read.vehicles.map(stable), given.vehicles.flatMap(expectedVehicle).map(stable))
      expectSame(person(read.contact), person(expectedContact(given.contact)))
    }),
    { numRuns: 300 }
  )
  t.end()
})

function expectSame(found: unknown, wanted: unknown): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(wanted)]
  if (a !== b) throw new Error(`found  ${a}\nwanted ${b}`)
}

/** A record with its texts as they are kept, in one order of members. */
function stable(value: unknown): unknown {
  if (typeof value === 'string') return kept(value)
  if (Array.isArray(value)) return value.map(stable)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, stable(member)])
  )
}

/** A vehicle of which nothing is left but its interest is none. */
function expectedVehicle(given: Vehicle): Vehicle[] {
  const colors = given.colors
    .map((colors, index) => ({ ...colors, preference: colors.preference ?? index + 1 }))
    .filter(({ interior, exterior }) => kept(interior) ?? kept(exterior))
  const options = given.options.filter(({ name }) => kept(name))
  const { finance } = given
  const isFinanced =
    finance && (kept(finance.method) !== null || finance.amounts.length > 0 || finance.balance)
  const image = kept(given.image?.url ?? null) === null ? null : given.image
  const vehicle = { ...given, colors, options, image, finance: isFinanced ? finance : null }
  const { interest, condition, ...details } = vehicle
  const isEmpty = Object.values(details).every((value) => {
    const member = stable(value)
    return member === null || (Array.isArray(member) && member.length === 0)
  })
  return isEmpty ? [] : [{ ...vehicle, interest, condition }]
}

/** The preferred time is said per phone, and ADF has four kinds of phone. */
function expectedContact(given: Contact): Contact {
  const phones = distinct(given.phones, ({ number }) => presentText(number))
    // A yes or no is no number.
    .filter(({ number }) => kept(number) && !isYesOrNo(number))
    .map((phone) => ({ ...phone, time: phone.time ?? given.preferredTime }))
  const first = given.preferredChannel === 'phone' ? phones.slice(0, 1) : []
  const others = phones.slice(first.length)
  const isFax = ({ type }: PhoneNumber) => type === 'fax' || type === 'pager'
  // A fax is the main phone only where it is preferred.
  const sorted = [...first, ...others.filter((one) => !isFax(one)), ...others.filter(isFax)]
  return {
    ...given,
    phones: sorted,
    emails: distinct(
      given.emails.filter(({ address }) => presentText(address)),
      ({ address }) => presentText(address)?.toLowerCase()
    )
  }
}

/** Points that are there already are left out. */
function distinct<Point>(points: readonly Point[], keyOf: (point: Point) => unknown): Point[] {
  const keys = points.map(keyOf)
  return points.filter((_, at) => keys.indexOf(keys[at]) === at)
}

function person({ emails, phones, address, ...names }: Contact) {
  const street = address?.street.map(cleaned).filter((line) => line !== null) ?? []
  const rest = cleanMembers({ ...address, street, type: null })
  const isNowhere = Object.values(rest).every(
    (value) => value === null || (Array.isArray(value) && value.length === 0)
  )
  return stable({
    ...cleanMembers(names),
    emails: emails.map((email) => presentText(email.address)?.toLowerCase()),
    phones: phones.map((phone) => [
      presentText(phone.number),
      ['voice', 'mobile', 'fax', 'pager'].includes(phone.type) ? phone.type : 'voice',
      phone.time
    ]),
    address: isNowhere ? null : { ...rest, type: address?.type ?? null }
  })
}

/** Names and addresses are clean and in signs, and texts for absent values are none. */
function cleaned(value: string): string | null {
  const present = kept(withoutReferences(value))
  return present === null || isAbsentValue(present) ? null : cleanText(present)
}

function cleanMembers(members: object): Record<string, unknown> {
  const entries = Object.entries(members).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'string' ? cleaned(value) : value
  ])
  return stable(Object.fromEntries(entries)) as Record<string, unknown>
}
