import t from 'tap'
import { localName } from '../../../src/domain/adf/element-cursor.ts'
import type { XmlElement } from '../../../src/domain/adf/xml.ts'
import { parseXml } from '../../../src/adf/adf-xml.ts'
import { documents, read, readOne } from '../../adf/documents.ts'

/** Words of the format itself, which the lead says in its own words. */
const RENAMED: Record<string, string> = {
  cellphone: 'mobile',
  cell: 'mobile',
  rent: 'lease',
  phone: 'voice',
  'mailto:zofia.kowal@münchen.example': 'Zofia.Kowal@MÜNCHEN.example',
  'mailto:help@portal.example': 'help@portal.example',
  '2026-03-02t08:15:30.250-05:00': '2026-03-02T08:15:30.250-05:00',
  '20260302t081530-0500': '2026-03-02T08:15:30-05:00',
  '2026-01-19 16:40:00 -0600': '2026-01-19T16:40:00-06:00',
  canada: 'CA',
  '$26,995': '26995',
  "'21": '2021',
  '41,200': '41200',
  '12.345': '12345',
  '+50': '50',
  miles: 'mi'
}

/** Values that only mark a part or a default; reading them is putting the value in its place. */
const MARKS = new Set(
  'new resend first last full individual business buy voice 0 1 2 unknown mailto:'.split(' ')
)

function everyValue(element: XmlElement): string[] {
  const attributes = Object.entries(element.attributes)
    .filter(([name]) => !name.startsWith('xmlns'))
    .map(([, value]) => value)
  const children = element.children.flatMap((child) =>
    typeof child === 'string' ? [child] : everyValue(child)
  )
  return [...attributes, ...children].map((value) => value.trim()).filter((value) => value !== '')
}

function everyString(value: unknown): string[] {
  if (typeof value === 'string' || typeof value === 'number') return [String(value)]
  if (value === null || typeof value !== 'object') return []
  return Object.values(value).flatMap(everyString)
}

// Take the `leftovers()` out of `readProspect`, or let `text()` take what it did not understand,
// and this fails.
void t.test('nothing a document says is lost', (t) => {
  for (const [name, text] of Object.entries(documents)) {
    const kept = everyString(read(text)).map((value) => value.toLowerCase())
    const missing = everyValue(parseXml(text))
      .filter((value) => !MARKS.has(value.toLowerCase()))
      .map((value) => RENAMED[value.toLowerCase()] ?? value)
      .filter((value) => !kept.some((whole) => whole.includes(value.toLowerCase())))
    t.strictSame(missing, [], name)
  }
  t.end()
})

void t.test('a portal that adds to every element', (t) => {
  const content = readOne(documents['extended-portal.xml'] ?? '')
  const unmapped = new Map(content.unmapped.map(({ path, text }) => [path, text]))

  t.equal(content.externalId, 'Portal Norte:PN-4711')
  t.equal(content.submittedAt, '2026-03-02T08:15:30.250-05:00')
  t.hasStrict(content.contact, {
    firstName: 'Zofia',
    lastName: 'Kowal',
    fullName: 'Zofia Kowal',
    companyName: 'Kowal & Sons',
    preferredChannel: 'phone'
  })
  t.strictSame(
    content.contact.emails.map(({ address }) => address),
    ['Zofia.Kowal@xn--mnchen-3ya.example', 'second@example.test']
  )
  t.strictSame(
    content.contact.phones.map(({ number, type }) => [number, type]),
    [
      ['+15145550143', 'fax'],
      ['+15145550142', 'mobile']
    ],
    'the preferred phone is the main one'
  )
  t.strictSame(content.contact.address?.street, ["12, rue de l'Église", 'Floor 3'])
  t.equal(content.message, 'Is it still there? I can come on Friday & Saturday.\n\nCall after six.')
  t.strictSame(
    content.vehicles.map(({ interest, condition, model }) => [interest, condition, model]),
    [
      ['lease', 'used', 'Octavia <RS>'],
      ['trade-in', 'used', 'Civic']
    ],
    'the empty third vehicle is none'
  )
  t.hasStrict(content.vehicles[0], {
    stockNumber: 'STK-7',
    year: 2021,
    odometer: { value: 41200, unit: 'mi', status: 'original' },
    price: { amount: '26995', currency: 'USD', type: null, source: 'Blue Guide' }
  })
  t.strictSame(
    content.references.map(({ id }) => id),
    ['PN-4711', 'R-9', 'C-88']
  )
  t.equal(content.vendor?.contact?.fullName, 'Robin Owner')
  for (const [path, text] of Object.entries({
    'adf@version': '1.0',
    'adf/?portal': 'route 66',
    'prospect@type': 'quote',
    'prospect/vehicle[1]/partner-score': '97',
    'prospect/vehicle[1]/partner-score@value': 'hot',
    'prospect/vehicle[1]/certified': '',
    'prospect/vehicle[3]@interest': 'test-drive',
    'prospect/customer/contact[1]': 'ID CARD',
    'prospect/customer/contact[1]/name[3]': 'Zo',
    'prospect/customer/timeframe/latestdate': 'soon',
    'prospect/vendor/contact[2]/email': 'mel@dealer.example',
    'prospect/consent@channel': 'email'
  })) {
    t.equal(unmapped.get(path), text, path)
  }
  t.end()
})

void t.test('prefixes and capitals', (t) => {
  const [shouted, resent] = read(documents['shouted-prefixes.xml'] ?? '')
  t.equal(shouted?.externalId, 'P-42')
  t.hasStrict(shouted?.contact.phones[0], { number: '+61400123456', type: 'mobile' })
  t.equal(resent?.submittedAt, null)
  t.strictSame(resent?.vehicles, [])
  t.strictSame(resent?.unmapped, [
    {
      path: 'prospect/requestdate',
      text: 'yesterday, about noon',
      code: 'unreadable_value'
    }
  ])
  t.equal(localName('a:b:C'), 'c')
  t.end()
})

void t.test("a person's own vehicle is not one they want", (t) => {
  const content = readOne(documents['trade-only.xml'] ?? '')
  t.strictSame(
    content.vehicles.map(({ interest }) => interest),
    ['sell']
  )
  t.hasStrict(content.vehicles[0], {
    odometer: { value: 12000, unit: 'mi' },
    price: { amount: '0.00', currency: 'USD' }
  })
  t.strictSame(content.timeframe, { description: 'next month', earliest: null, latest: null })
  t.equal(content.submittedAt, '2026-01-19T16:40:00-06:00')
  t.end()
})

void t.test('phones, e-mails and names in elements of their own', (t) => {
  const { contact, unmapped } = readOne(`<adf><prospect><customer><contact>
    <FirstName>Mateo</FirstName><last_name>Rivas</last_name>
    <e-mail>mateo@one.example</e-mail><EmailAddress>m.rivas@two.example</EmailAddress>
    <phone></phone><phone1>416 555 0101</phone1><cellphone>416 555 0102</cellphone>
    <mobile_phone>416 555 0103</mobile_phone><HomePhone>416 555 0104</HomePhone>
    <work-phone>416 555 0105</work-phone><cellphone type="fax">416 555 0106</cellphone>
    <address><street1>1 Long Street</street1><town>Ajax</town><state>ON</state><zip>L1S</zip></address>
    </contact></customer></prospect></adf>`)
  t.hasStrict(contact, { firstName: 'Mateo', lastName: 'Rivas' })
  t.strictSame(
    contact.emails.map(({ address }) => address),
    ['mateo@one.example', 'm.rivas@two.example']
  )
  t.strictSame(
    contact.phones.map(({ number, type }) => [number, type]),
    [
      ['+14165550101', 'voice'],
      ['+14165550102', 'mobile'],
      ['+14165550103', 'mobile'],
      ['+14165550104', 'home'],
      ['+14165550105', 'work'],
      ['+14165550106', 'fax']
    ]
  )
  t.hasStrict(contact.address, {
    street: ['1 Long Street'],
    city: 'Ajax',
    region: 'ON',
    postalCode: 'L1S'
  })
  t.strictSame(unmapped, [])
  t.end()
})

void t.test('a person without the elements around them', (t) => {
  const customer = '<name>Lena Brook</name><email>lena@brook.example</email>'
  for (const person of [
    `<customer>${customer}</customer>`,
    `<contact>${customer}</contact>`,
    `<customer><contact>${customer}</contact></customer>`
  ]) {
    const { contact, unmapped } = readOne(`<adf><prospect>${person}</prospect></adf>`)
    t.hasStrict(contact, { fullName: 'Lena Brook', emails: [{ address: 'lena@brook.example' }] })
    t.strictSame(unmapped, [])
  }
  t.end()
})

void t.test('the code of a country beside a number belongs to it', (t) => {
  const { contact } = readOne(`<adf><prospect><customer><contact><name>Uwe</name>
    <phone countrycode="49">171 1234567</phone><phone countrycode="49">+48 601 234 567</phone>
    </contact></customer></prospect></adf>`)
  t.strictSame(
    contact.phones.map(({ number, valid }) => [number, valid]),
    [
      ['+491711234567', true],
      ['+48601234567', true]
    ]
  )
  t.end()
})

void t.test('odometers and colours as senders nest them', (t) => {
  const vehicle = (xml: string) => {
    const content = readOne(`<adf><prospect><vehicle>${xml}</vehicle></prospect></adf>`)
    t.strictSame(content.unmapped, [], xml)
    return content.vehicles[0]
  }
  const odometers: Record<string, [number, 'km' | 'mi']> = {
    '<odometer><value>51,300</value><units>miles</units></odometer>': [51_300, 'mi'],
    '<odometer><units>KM</units><value>51300</value></odometer>': [51_300, 'km'],
    '<odometer><reading>7000</reading></odometer>': [7_000, 'km'],
    '<odometer><value>85</value><units>thousand km</units></odometer>': [85_000, 'km'],
    '<mileage unit="mi">88000</mileage>': [88_000, 'mi'],
    '<odometer>88 000 km</odometer>': [88_000, 'km']
  }
  for (const [xml, [value, unit]] of Object.entries(odometers)) {
    t.hasStrict(vehicle(xml)?.odometer, { value, unit }, xml)
  }
  t.hasStrict(vehicle('<colour>Red</colour><interiorcolor>Tan</interiorcolor>')?.colors, [
    { exterior: 'Red', interior: 'Tan' }
  ])
  t.equal(vehicle('<stockno>S-9</stockno>')?.stockNumber, 'S-9')
  t.end()
})

void t.test('the first of two colours is used, and the others are told', (t) => {
  const pair = (tag: string, other: string) => `<${tag}>Red</${tag}><${other}>Blue</${other}>`
  const pairs = [
    pair('exteriorcolor', 'colour'),
    pair('colour', 'exteriorcolour'),
    pair('exteriorcolor', 'exteriorcolor'),
    pair('color', 'color')
  ]
  for (const xml of pairs) {
    for (const [start, end] of [
      ['', ''],
      ['<colorcombination>', '</colorcombination>'],
      ['<colourcombination>', '</colourcombination>']
    ]) {
      const given = `<make>Kia</make>${start}${xml}${end}`
      const read = readOne(`<adf><prospect><vehicle>${given}</vehicle></prospect></adf>`)
      t.match(read.vehicles, [{ colors: [{ exterior: 'Red' }] }], given)
      t.strictSame(
        read.unmapped.map(({ text }) => text),
        ['Blue'],
        given
      )
    }
  }
  t.end()
})

void t.test('the part of a name in `type` or `kind`', (t) => {
  const names = (xml: string) =>
    readOne(
      `<adf><prospect><customer><contact>${xml}<email>a@b.example</email></contact></customer></prospect></adf>`
    )
  for (const attribute of ['part', 'type', 'kind']) {
    for (const [first, last] of [
      ['first', 'last'],
      ['given', 'surname'],
      ['First Name', 'family-name']
    ]) {
      const { contact, unmapped } = names(
        `<name ${attribute}="${last}">Kos</name><name ${attribute}="${first}">Jan</name>`
      )
      const given = `${attribute}: ${first}, ${last}`
      t.match(contact, { firstName: 'Jan', lastName: 'Kos' }, given)
      t.strictSame(unmapped, [], given)
    }
  }
  const titled = names('<name kind="title">Dr.</name><name kind="full">Jan Kos</name>')
  t.equal(titled.contact.fullName, 'Jan Kos', 'a title is no name')
  t.equal(names('<name kind="business">Kos SA</name>').contact.companyName, 'Kos SA')
  t.equal(names('<name kind="constructor">Jan Kos</name>').contact.fullName, 'Jan Kos')
  t.end()
})

void t.test('a part exchange in an element of its own', (t) => {
  const car = '<year>2015</year><make>Ford</make><odometer>90000</odometer>'
  for (const trade of [
    `<trade><vehicle>${car}</vehicle></trade>`,
    `<trade-in>${car}</trade-in>`,
    `<TradeIn><Vehicle interest="trade-in">${car}</Vehicle></TradeIn>`,
    `<customer><trade_in_vehicle>${car}</trade_in_vehicle></customer>`
  ]) {
    const { vehicles, unmapped } = readOne(
      `<adf><prospect>${trade}<vehicles><vehicle><make>Kia</make></vehicle></vehicles></prospect></adf>`
    )
    t.strictSame(
      vehicles.map(({ make, interest }) => [make, interest]),
      [
        ['Kia', 'buy'],
        ['Ford', 'trade-in']
      ],
      trade
    )
    t.strictSame(unmapped, [])
  }
  t.end()
})

void t.test('a document template that was left empty yields no values', (t) => {
  const content = readOne(documents['empty-template.xml'] ?? '')
  t.strictSame(content.contact.emails, [])
  t.strictSame(content.contact.phones, [])
  t.equal(content.vendor, null)
  t.strictSame(content.unmapped, [])
  t.end()
})

// Without the limit on paths, 20,000 empty elements under a long name fill the memory.
void t.test('a path stays short however deep its element stands', (t) => {
  const names = Array.from({ length: 20 }, (_, level) => `n${level}${'x'.repeat(200)}`)
  const open = names.map((name) => `<${name}>`).join('')
  const close = names.toReversed().map((name) => `</${name}>`)
  const content = readOne(`<adf><prospect>${open}deep${close.join('')}</prospect></adf>`)
  t.equal(content.unmapped.at(-1)?.text, 'deep')
  t.ok(content.unmapped.every(({ path }) => path.length <= 200))
  t.end()
})

void t.test('the largest documents that are allowed are read fast', (t) => {
  const comments = (lines: string) =>
    `<prospect><customer><comments>--- Further details ---\n${lines}</comments></customer></prospect>`
  const bodies = {
    prospects: '<prospect/>'.repeat(19_000),
    'elements nobody knows': `<prospect>${'<a b="c">d</a>'.repeat(19_000)}</prospect>`,
    names: `<prospect><customer><contact>${'<name>a</name>'.repeat(19_000)}</contact></customer></prospect>`,
    'ambiguous amounts': `<prospect><vehicle><price>${'1 '.repeat(400_000)}x</price></vehicle></prospect>`,
    'lines like ours': comments('Other e-mail: a@b.example\n'.repeat(30_000)),
    'lines unlike ours': comments('x: y\n a\n'.repeat(120_000)),
    phones: `<prospect><customer><contact>${`<phone>${'1'.repeat(40)}</phone>`.repeat(15_000)}</contact></customer></prospect>`
  }
  for (const [name, body] of Object.entries(bodies)) {
    // The processor's time, in microseconds: what else the machine does is no matter of this.
    const start = process.cpuUsage()
    read(`<adf>${body}</adf>`)
    t.ok(process.cpuUsage(start).user < 5_000_000, name)
  }
  t.end()
})

void t.test('an id that is too long for an identity is unmapped, and the next one counts', (t) => {
  const person = '<customer><contact><email>zoe@example.test</email></contact></customer>'
  const readIds = (ids: string) => readOne(`<adf><prospect>${ids}${person}</prospect></adf>`)
  const long = 'x'.repeat(501)
  const alone = readIds(`<id>${long}</id>`)
  t.hasStrict(alone, {
    externalId: null,
    references: [],
    unmapped: [{ path: 'prospect/id', text: long, code: 'overlong_id' }]
  })
  const source = readIds(`<id source="portal">${'x'.repeat(494)}</id><id>short</id>`)
  t.equal(source.externalId, 'short')
  t.equal(source.unmapped[0]?.text, `portal:${'x'.repeat(494)}`)
  t.equal(readIds(`<id source="portal">${'x'.repeat(493)}</id>`).externalId?.length, 500)
  t.end()
})

const vehicleOf = (attributes: string, xml: string) => {
  const { vehicles, unmapped } = readOne(
    `<adf><prospect><vehicle${attributes}>${xml}</vehicle></prospect></adf>`
  )
  return { vehicle: vehicles[0], unmapped }
}

void t.test('choices are read by the words that people and programs use', (t) => {
  const statuses: Record<string, string> = {
    USED: 'used',
    'Pre-owned': 'used',
    'certified pre-owned': 'used',
    Usado: 'used',
    używany: 'used',
    Neuwagen: 'new',
    New: 'new'
  }
  for (const [status, condition] of Object.entries(statuses)) {
    const { vehicle, unmapped } = vehicleOf(` status="${status}"`, '<make>Kia</make>')
    t.equal(vehicle?.condition, condition, status)
    t.strictSame(unmapped, [], status)
  }
  const interests: Record<string, string> = {
    'Trade In': 'trade-in',
    BUY: 'buy',
    'Test Drive': 'test-drive',
    'part exchange': 'trade-in',
    purchase: 'buy',
    leasing: 'lease'
  }
  for (const [text, interest] of Object.entries(interests)) {
    t.equal(vehicleOf(` interest="${text}"`, '<make>Kia</make>').vehicle?.interest, interest, text)
  }
  const phones: Record<string, string> = {
    cellphone: 'mobile',
    Mobile: 'mobile',
    cell: 'mobile',
    Home: 'home',
    business: 'work',
    Fax: 'fax',
    voice: 'voice',
    phone: 'voice',
    komórka: 'mobile',
    satellite: 'other'
  }
  for (const [text, type] of Object.entries(phones)) {
    const { contact, unmapped } = readOne(`<adf><prospect><customer><contact>
      <phone type="${text}" time="Evenings">416 555 0101</phone></contact></customer></prospect></adf>`)
    t.hasStrict(contact.phones[0], { type, time: 'evening' }, text)
    t.equal(unmapped[0]?.code, type === 'other' ? 'unreadable_value' : undefined, text)
  }
  t.end()
})

void t.test('parts of a name by the names that senders give them', (t) => {
  const nameOf = (xml: string) => {
    const { contact, unmapped } = readOne(`<adf><prospect><customer><contact>${xml}
      <email>zoe@example.test</email></contact></customer></prospect></adf>`)
    const { firstName, middleName, lastName, nameSuffix, fullName } = contact
    return [[firstName, middleName, lastName, nameSuffix, fullName], unmapped]
  }
  const jan = ['Jan', null, 'Kos', null, null]
  for (const xml of [
    '<name part="firstname">Jan</name><name part="lastname">Kos</name>',
    '<name part="GIVEN">Jan</name><name part="family">Kos</name>',
    '<name part="first_name">Jan</name><name part=" Surname ">Kos</name>',
    '<NAME PART="FIRST">Jan</NAME><NAME PART="LAST">Kos</NAME>',
    '<name><first>Jan</first><last>Kos</last></name>',
    '<name><firstname>Jan</firstname> <lastname>Kos</lastname></name>',
    '<first>Jan</first><last>Kos</last>',
    '<name part="first">  </name><name part="given">Jan</name><name part="last">Kos</name>'
  ]) {
    t.strictSame(nameOf(xml), [jan, []], xml)
  }
  const titled = '<name part="first">Jan</name><name part="last">Kos</name>'
  for (const part of ['title', 'prefix', 'Salutation']) {
    const [name, unmapped] = nameOf(`<name part="${part}">Dr</name>${titled}`)
    t.strictSame(name, jan, part)
    t.hasStrict(unmapped, [{ text: part }, { text: 'Dr' }], part)
  }
  const [whole] = nameOf('<name part="middle">A</name><name part="suffix">Jr</name>' + titled)
  t.strictSame(whole, ['Jan', 'A', 'Kos', 'Jr', null])
  t.end()
})

void t.test('a vehicle without a status has none, and one that is owned is used', (t) => {
  t.equal(vehicleOf('', '<make>Kia</make>').vehicle?.condition, null)
  t.equal(vehicleOf(' interest="trade-in"', '<make>Kia</make>').vehicle?.condition, 'used')
  const odd = vehicleOf(' status="as good as new"', '<make>Kia</make>')
  t.strictSame(odd.unmapped, [
    { path: 'prospect/vehicle[1]@status', text: 'as good as new', code: 'unreadable_value' }
  ])
  t.end()
})

void t.test('absent and unreadable values of a vehicle are told', (t) => {
  const { vehicle, unmapped } = vehicleOf(
    ' interest="N/A"',
    '<year>2022/2023</year><make>null</make><model>undefined</model><vin>-</vin><stock>S-1</stock><price>call us</price><odometer>low</odometer>'
  )
  t.hasStrict(vehicle, { year: null, make: null, model: null, vin: null, stockNumber: 'S-1' })
  const path = (name: string) => `prospect/vehicle[1]${name}`
  t.strictSame(unmapped, [
    { path: path('@interest'), text: 'N/A', code: 'absent_value' },
    { path: path('/year'), text: '2022/2023', code: 'unreadable_value' },
    { path: path('/make'), text: 'null', code: 'absent_value' },
    { path: path('/model'), text: 'undefined', code: 'absent_value' },
    { path: path('/vin'), text: '-', code: 'absent_value' },
    { path: path('/price'), text: 'call us', code: 'unreadable_value' },
    { path: path('/odometer'), text: 'low', code: 'unreadable_value' }
  ])
  const years: Record<string, number | null> = {
    MY2022: 2022,
    'my 2023': 2023,
    '2021.0': 2021,
    "'22": 2022,
    '22': 2022,
    '20222': null
  }
  for (const [text, year] of Object.entries(years)) {
    const read = vehicleOf('', `<year>${text}</year><make>Kia</make>`)
    t.equal(read.vehicle?.year, year, text)
    t.equal(read.unmapped[0]?.code, year === null ? 'unreadable_value' : undefined, text)
  }
  t.end()
})

void t.test('parts of an address and of a name stand where senders put them', (t) => {
  const contact = '<name first="Jan" last="Kos"/><email>jan@kos.example</email><zip>31-146</zip>'
  const lead = readOne(
    `<adf><prospect><customer><contact>${contact}<city>Kraków</city></contact></customer></prospect></adf>`
  )
  t.match(lead.contact, { firstName: 'Jan', lastName: 'Kos' })
  t.match(lead.contact.address, { city: 'Kraków', postalCode: '31-146' })
  t.strictSame(lead.unmapped, [])
  t.end()
})
