import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import type { TestResponse } from '../../../support/response.ts'
import { findStatusIds, postLead } from '../../../support/leads.ts'

const NDJSON = { accept: 'application/x-ndjson' }

/** Lines of a CSV without line breaks in its cells, each by its columns' names. */
function readSimpleCsv({ text }: TestResponse): Record<string, string>[] {
  const [head = '', ...lines] = text.split('\r\n').slice(0, -1)
  const names = head.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']))
  })
}

const readNdjson = ({ text }: TestResponse) =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { id: string })

void t.test('leads as CSV and as NDJSON', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin } = await createDealer()
  await admin('POST', '/v1/custom-fields', {
    target: 'lead',
    key: 'colour',
    label: 'Colour',
    type: 'text'
  })
  const first = await postLead(admin, {
    contact: { firstName: 'Łucja', lastName: '=1+1', email: 'l@example.pl', phone: '601234567' },
    vehicles: [
      {
        interest: 'buy',
        condition: 'used',
        year: 2022,
        make: 'Kia',
        model: 'Ceed',
        price: { amount: '79900.00', currency: 'PLN' }
      }
    ],
    consents: [{ purpose: 'marketing', channel: 'email', granted: true }],
    customFields: { colour: '@blue' }
  })
  const second = await postLead(admin, { source: 'portal' })

  const csv = await admin('GET', '/v1/exports/leads')
  t.equal(csv.status, 200)
  t.equal(csv.headers['content-type'], 'text/csv; charset=utf-8; header=present')
  t.equal(csv.headers['content-disposition'], 'attachment; filename="leads.csv"')
  t.equal(csv.headers['cache-control'], 'no-store', 'no cache keeps personal data')
  const plain = await admin('GET', '/v1/exports/leads?format=plain')
  t.match(plain.text, ',+48601234567,')
  t.match(plain.text, ',=1+1,')
  t.notMatch(plain.text, "'+48601234567")
  t.match(csv.text, "'+48601234567", 'guarded, unless asked otherwise')
  const events = (await admin('GET', '/v1/events?type=data.exported')).body.data
  t.notMatch(JSON.stringify(events), 'plain', 'the form of the file is no filter')
  const rows = readSimpleCsv(csv)
  t.strictSame(
    rows.map(({ id }) => id),
    [first.id, second.id],
    'oldest first'
  )
  t.match(rows[0], {
    'source.key': 'website',
    'status.name': 'new',
    'status.group': 'new',
    'contact.firstName': 'Łucja',
    'contact.lastName': "'=1+1",
    'contact.email': 'l@example.pl',
    'contact.phone': "'+48601234567",
    'vehicle.year': '2022',
    'vehicle.price': '79900.00 PLN',
    consents: 'marketing email: yes',
    'customFields.colour': "'@blue"
  })
  const european = await admin('GET', '/v1/exports/leads?separator=semicolon&bom=true')
  t.ok(european.bytes.subarray(0, 6).equals(Buffer.from('\uFEFFid;')))

  const ndjson = await admin('GET', '/v1/exports/leads', undefined, NDJSON)
  t.equal(ndjson.headers['content-type'], 'application/x-ndjson')
  const { body: listed } = await admin('GET', '/v1/leads?sort=createdAt')
  t.strictSame(readNdjson(ndjson), listed.data, 'each line is what the list has')

  t.equal((await admin('GET', '/v1/exports/leads', undefined, { accept: 'image/png' })).status, 406)
})

void t.test('an export has the leads of the list under the same filters', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin, withUser } = await createDealer()
  const member = await withUser({ grants: ['data.export'] })
  const ungranted = await withUser()
  const own = await postLead(admin, { assignee: member.id })
  const portal = await postLead(admin, { source: 'portal' })
  const deleted = await postLead(admin)
  const { deleted: statusId } = await findStatusIds(admin)
  await admin('POST', `/v1/leads/${deleted.id}/status`, { statusId, reason: 'spam' })

  const idsOf = async (call: typeof admin, query = '') =>
    readNdjson(await call('GET', `/v1/exports/leads${query}`, undefined, NDJSON)).map(
      ({ id }) => id
    )
  t.strictSame(await idsOf(admin), [own.id, portal.id], 'without deleted ones')
  t.strictSame(await idsOf(admin, '?statusGroup=deleted'), [deleted.id])
  t.strictSame(await idsOf(admin, '?source=portal'), [portal.id])
  t.strictSame(await idsOf(admin, `?assignee=${member.id}`), [own.id])
  t.strictSame(await idsOf(member.call), [own.id], 'a member exports what they see')
  t.equal((await ungranted.call('GET', '/v1/exports/leads')).status, 403)
  t.equal((await admin('GET', '/v1/exports/leads?colour=red')).status, 422)
  const none = await admin('GET', '/v1/exports/leads?source=webinar')
  t.match(none.text, /^id,receivedAt,[^\r\n]*\r\n$/, 'nothing is a header row')
})

void t.test('clients as CSV and as NDJSON', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin } = await createDealer()
  const { body: client } = await admin('POST', '/v1/clients', {
    contact: { fullName: '-2+3', email: 'c@example.pl', phone: '+48601234567' },
    description: '＝1'
  })
  const [row] = readSimpleCsv(await admin('GET', '/v1/exports/clients'))
  t.match(row, {
    id: client.id,
    name: "'-2+3",
    'contact.fullName': "'-2+3",
    'contact.phone': "'+48601234567",
    description: "'＝1"
  })
  const ndjson = await admin('GET', '/v1/exports/clients', undefined, NDJSON)
  t.strictSame(readNdjson(ndjson), (await admin('GET', '/v1/clients')).body.data)
})

void t.test('reasons are columns: those of the list, and texts', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin } = await createDealer()
  for (const reason of ['price', 'Moved away', null]) {
    const { id } = await postLead(admin)
    const move = { statusId: 'lost', reason }
    if (reason) t.equal((await admin('POST', `/v1/leads/${id}/status`, move)).status, 200)
  }
  const { body } = await admin('GET', '/v1/status-reasons?group=lost&limit=200')
  const price = body.data.find(({ key }) => key === 'price')?.name
  const rows = readSimpleCsv(await admin('GET', '/v1/exports/leads'))
  t.strictSame(
    rows.map((row) => [row['statusReason.key'], row['statusReason.name']]),
    [
      ['price', price],
      ['', 'Moved away'],
      ['', '']
    ]
  )
  const filtered = await admin('GET', '/v1/exports/leads?statusReason=Price,bought-elsewhere')
  t.equal(readSimpleCsv(filtered).length, 1)
})

void t.test(
  'the user and the number of leads of an export are recorded, without personal data',
  async (t) => {
    const { createDealer } = await sharedTestApp()
    const { admin } = await createDealer()
    const lead = await postLead(admin, {
      contact: { lastName: 'Nowak', email: 'secret@example.pl' }
    })
    await admin('GET', '/v1/exports/leads?q=secret@exa&source=website&bom=true')
    const { body } = await admin('GET', '/v1/events?type=data.exported')
    t.equal(body.data.length, 1)
    t.match(body.data[0], {
      subject: { type: 'export' },
      data: {
        what: 'leads',
        format: 'csv',
        count: 1,
        isComplete: true,
        filter: { source: [lead.source.id], isSearch: true }
      }
    })
    t.notMatch(JSON.stringify(body), 'secret')
  }
)
