import t from 'tap'

import { sql } from 'drizzle-orm'

import { leads } from '../../../../src/database/schema.ts'
import { leadConditions } from '../../../../src/repositories/leads/lead-filter.ts'
import { SEARCH } from '../../../../src/repositories/leads/search.ts'
import { countTerms, searchRanges } from '../../../../src/domain/search/search-ranges.ts'
import { createTestApp, sharedTestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'
import { asClient } from '../../../support/database.ts'
import { postLead } from '../../../support/leads.ts'

const PERSON = { firstName: 'Máire', lastName: 'O’Malley-Roth', email: 'maire@search.example' }
const PHONE = '512 700 801'
const VEHICLE = {
  make: 'Land Rover',
  model: 'Defender',
  plate: 'KR 4X-881',
  stockNumber: 'LR-77 1'
}
const VIN = 'SALLDHM58A0000042'

const FOUND_BY = [
  ...["O'Malley-Roth", 'omalley', 'roth MAIRE', '512 700 801', '512-700-801', '+48 512 700 801'],
  ...['700801', '0801', 'maire@sea', 'land rover', 'rover defender', 'lr771', VIN, '000042'],
  ...['KR4X881', 'kr 4x 881', 'KR-4X', 'defender kr4x', '4x-881', 'X881', 'r771'],
  ...['५१२ ७०० ८०१', '７００８０１'],
  ...['tel:+48512700801', 'tel: +48 512 700 801', 'tel:512 700 801', 'p:+48512700801'],
  ...['\u202a+48 512\u200b700 801\u202c', 'tel:%2B48512700801', '\u200bmaire@\u2060search'],
  ...[
    'mailto:maire@search.example',
    'MAILTO:Maire@search.example?subject=Hi',
    'M\u00e1ire <maire@search.example>'
  ],
  ...['512700801 w. 12', '512 700 801 ext. 4', '512700801 po 17:00', 'tel. 512 700 801'],
  ...['Pani O’Malley', 'Dr. Máire', 'Frau Dr. Roth', 'Sra. O’Malley-Roth'],
  ...['"maire@search.example",', 'Ma\u0301ire', 'ma\u00adire', 'M\u200bA\u0301IRE roth']
]

async function idsOf(call: Caller, path: string): Promise<string[]> {
  const { status, body } = await call('GET', path)
  if (status !== 200) throw new Error(JSON.stringify(body))
  return body.data.map(({ id }: { id: string }) => id)
}

void t.test('q finds the best first, where it is asked for', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin, withUser } = await createDealer()
  const anna = await withUser()
  const people = [
    { fullName: 'Anna Kowal', email: 'anna@one.example', phone: '601 700 801' },
    { fullName: 'Annabela Kowalska', email: 'annabela@two.example', phone: '602 700 801' },
    { fullName: 'Hannah Kowal', email: 'hannah@three.example', phone: '601 700 802' },
    { fullName: 'Kowal Annamaria', email: 'am@four.example', phone: '607 008 011' }
  ]
  const leads: string[] = []
  const clients: string[] = []
  for (const contact of people) {
    leads.push((await postLead(admin, { contact, assignee: anna.id })).id)
    clients.push((await admin('POST', '/v1/clients', { contact, allowDuplicate: true })).body.id)
  }
  const found = async (list: 'leads' | 'clients', q: string, words = '&sort=-relevance') => {
    const ids = await idsOf(admin, `/v1/${list}?q=${encodeURIComponent(q)}${words}`)
    return ids.map((id) => (list === 'leads' ? leads : clients).indexOf(id))
  }
  for (const list of ['leads', 'clients'] as const) {
    t.strictSame(await found(list, 'anna kowal', ''), [3, 1, 0], 'newest first')
    t.strictSame(await found(list, 'anna kowal'), [0, 3, 1])
    t.strictSame(await found(list, 'KOWÁL anna'), [0, 3, 1], 'in any order')
    t.strictSame(await found(list, '700801'), [1, 0, 3], 'the last digits before others')
    t.strictSame(await found(list, 'annabela@two.example'), [1])
    const path = `/v1/${list}?q=anna+kowal&sort=-relevance&limit=1`
    const pages: string[] = []
    for (let next: string | null = ''; next !== null;) {
      const url: string = next === '' ? path : `${path}&cursor=${next}`
      const { body } = await admin('GET', url)
      pages.push(...body.data.map(({ id }: { id: string }) => id))
      next = body.nextCursor
    }
    const all = list === 'leads' ? leads : clients
    t.strictSame(pages, [all[0], all[3], all[1]], 'page by page')
  }
  t.strictSame(await found('leads', 'anna kowal', '&sort=-relevance&status=new'), [0, 3, 1])
  t.strictSame(await idsOf(anna.call, '/v1/leads?q=anna+kowal&sort=-relevance'), [
    ...[leads[0], leads[3], leads[1]]
  ])
  const { call } = await withUser()
  t.strictSame(await idsOf(call, '/v1/leads?q=anna+kowal&sort=-relevance'), [])
  t.strictSame(await idsOf(call, '/v1/clients?q=anna+kowal&sort=-relevance'), [])
})

void t.test('q finds leads and clients as people write what they look for', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin } = await createDealer()
  const lead = await postLead(admin, {
    externalId: 'form 2026/77',
    contact: { ...PERSON, phone: PHONE },
    vehicles: [{ interest: 'buy', vin: VIN, ...VEHICLE }]
  })
  await postLead(admin, { vehicles: [{ interest: 'buy', make: 'Kia' }] })
  const found = async (q: string) => await idsOf(admin, `/v1/leads?q=${encodeURIComponent(q)}`)
  for (const q of [...FOUND_BY, 'form-2026']) t.strictSame(await found(q), [lead.id], q)
  t.strictSame(await found('...'), [], 'nothing is looked for')

  await t.test('after a change', async (t) => {
    const path = `/v1/leads/${lead.id}`
    await admin('PATCH', path, { vehicles: [{ interest: 'buy', make: 'Opel', model: 'Astra' }] })
    t.strictSame(await found('opel astra'), [lead.id])
    t.strictSame(await found('rover'), [])
    const exported = await admin('GET', '/v1/exports/leads?make=opel')
    t.match(exported.text, lead.id, 'and an export')
  })

  await t.test('after a conversion', async (t) => {
    const converted = await admin('POST', `/v1/leads/${lead.id}/convert`, {})
    t.equal(converted.status, 201)
    const { client } = converted.body
    for (const q of ["O'Malley-Roth", '700 801', 'opel']) {
      t.strictSame(await idsOf(admin, `/v1/clients?q=${encodeURIComponent(q)}`), [client.id], q)
    }
  })
})

void t.test(
  'leads are narrowed by make, model, stock number, VIN and the sender’s id',
  async (t) => {
    const { createDealer } = await sharedTestApp()
    const { admin } = await createDealer()
    const lead = await postLead(admin, {
      externalId: 'Form-77',
      vehicles: [
        { interest: 'buy', make: 'Kia' },
        { interest: 'buy', vin: VIN, ...VEHICLE }
      ]
    })
    await postLead(admin, { externalId: 'Form-771', vehicles: [{ make: 'Land', model: 'Rover' }] })
    for (const query of [
      ...['make=LandRover', 'make=land%20rover', 'model=DEFENDER', 'stockNumber=lr%20771'],
      ...['make=Seat,land rover', 'stockNumber=X1,LR-77 1', 'externalId=none,form-77'],
      ...['plate=kr4x881', 'plate=WA1,KR%204X%20881'],
      ...[`vin=${VIN.toLowerCase()}`, 'externalId=form-77', 'make=kia&model=defender']
    ]) {
      t.strictSame(await idsOf(admin, `/v1/leads?${query}`), [lead.id], query)
    }
    for (const query of [
      'make=Rover',
      'model=Defend',
      'vin=000042',
      'make=***',
      'make=Seat,Opel',
      'make=,',
      'externalId=Form'
    ]) {
      t.strictSame(await idsOf(admin, `/v1/leads?${query}`), [], query)
    }
    t.equal((await admin('GET', '/v1/leads?make=')).status, 422)
  }
)

void t.test('names in scripts without blanks are found by any part', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin } = await createDealer()
  const chinese = await postLead(admin, {
    contact: { fullName: '王小明', email: 'wang@search.example' }
  })
  const japanese = await postLead(admin, {
    contact: { fullName: '山田 ガルシア太郎', email: 'taro@search.example' }
  })
  const found = async (q: string) => await idsOf(admin, `/v1/leads?q=${encodeURIComponent(q)}`)
  for (const q of ['王小明', '小明', '明', '王', '小明 wang']) {
    t.strictSame(await found(q), [chinese.id], q)
  }
  for (const q of ['山田', '太郎', 'ガルシア']) t.strictSame(await found(q), [japanese.id], q)
  t.strictSame(await found('小王'), [])
  for (const q of ['x', '%00x', '%20%20', 'x%00']) {
    const { status, problem } = await admin('GET', `/v1/leads?q=${q}` as '/v1/leads')
    t.equal(status, 422, q)
    t.match(problem.errors?.[0]?.message, /^must have at least 2 characters/, q)
  }
})

void t.test(
  'the end of a VIN that begins with 0 finds no phone with the digits behind it',
  async (t) => {
    const { createDealer } = await sharedTestApp()
    const { admin } = await createDealer()
    const car = await postLead(admin, { vehicles: [{ interest: 'buy', vin: 'WVWZZZ1KZ6W012345' }] })
    await postLead(admin, { contact: { fullName: 'Ala Bis', phone: '512 123 459' } })
    for (const q of ['012345', 'W012345']) {
      t.strictSame(await idsOf(admin, `/v1/leads?q=${q}`), [car.id], q)
    }
  }
)

void t.test('a make or model is narrowed by its first words', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin } = await createDealer()
  const lead = await postLead(admin, {
    vehicles: [{ make: 'Mercedes-Benz', model: 'Octavia Combi RS' }]
  })
  for (const query of [
    'model=octavia',
    'model=Octavia%20combi',
    'make=mercedes',
    'model=octaviacombirs'
  ]) {
    t.strictSame(await idsOf(admin, `/v1/leads?${query}`), [lead.id], query)
  }
  for (const query of ['model=combi', 'model=octa', 'make=benz']) {
    t.strictSame(await idsOf(admin, `/v1/leads?${query}`), [], query)
  }
})

void t.test('a search reads ranges of the primary key, under row security', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const { id: dealerId } = await createDealer()
  await asClient(database.ownerUrl, async (client) => {
    await client.query("select set_config('app.tenant', $1, false)", [dealerId])
    await client.query(
      `insert into match_keys (dealer_id, key, record_type, record_id)
       select $1, k, 'lead', gen_random_uuid() from generate_series(1, 20000) g,
         unnest(array['n:n' || g, 'd:' || g || '0000', 'vm:kia']) k`,
      [dealerId]
    )
    await client.query('analyze match_keys')
  })
  await asClient(database.appUrl, async (client) => {
    await client.query("select set_config('app.tenant', $1, false)", [dealerId])
    const ranges = searchRanges('O’Brien 601 300 400 Kia')
    const query = SEARCH.with({
      ...{ dealerId, type: 'lead', ranges, terms: countTerms(ranges) }
    })
    const { rows } = await client.query<{ 'QUERY PLAN': string }>({
      text: `explain (costs off) ${query.text}`,
      values: query.values
    })
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
    t.match(plan, /Index Cond: .*\(key >= r\.\S+\) AND \(key < r\.\S+\)/)
    t.notMatch(plan, 'Seq Scan on match_keys')
  })
  await database.db.read(dealerId, async (tx) => {
    for (const code of ['make', 'model', 'stockNumber', 'vin', 'plate', 'externalId'] as const) {
      const where = sql.join(
        (await leadConditions(tx, { [code]: ['Kia', 'x-1'] })).filter((one) => one !== undefined),
        sql` and `
      )
      const { rows } = await tx.orm.execute<{ 'QUERY PLAN': string }>(
        sql`explain (costs off) select ${leads.id} from ${leads} where ${where} limit 51`
      )
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
      t.notMatch(plan, 'Seq Scan on match_keys', code)
      t.match(plan, /Index (?:Only )?Scan using match_keys_\w+/, code)
    }
  })
})
