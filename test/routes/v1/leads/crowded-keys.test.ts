import t from 'tap'

import { MAX_RECORDS_PER_KEY } from '../../../../src/domain/matching/matches.ts'
import { runStaged, stageImport } from '../../../imports/staged-import.ts'
import { createTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import { asClient } from '../../../support/database.ts'
import { postLead } from '../../../support/leads.ts'

const PHONE = '+48225551122'
const DAY_MS = 86_400_000
const PERSON = { fullName: 'Jan Kowal', phone: PHONE }

// A switchboard's number: of more than a hundred records it says nothing about who somebody is.
void t.test('a phone number that more than a hundred records share decides nothing', async (t) => {
  const app = await createTestApp(t)
  const { createDealer, database } = app

  /** Copies the dealer's one lead or client until there are so many under its phone number. */
  async function crowd({ id: dealerId }: TestDealer, table: 'leads' | 'clients', count: number) {
    await asClient(database.ownerUrl, async (client) => {
      const { rows } = await client.query<{ columns: string }>(
        `select string_agg(quote_ident(column_name), ',') as columns from information_schema.columns
         where table_name = $1 and is_generated = 'NEVER'`,
        [table]
      )
      const columns = rows[0]?.columns ?? ''
      await client.query(
        `insert into ${table} (${columns}) select ${columns} from (
           select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid()))).*
           from ${table} r cross join generate_series(2, $2) where r.dealer_id = $1) copies`,
        [dealerId, count]
      )
      await client.query(
        `insert into match_keys (dealer_id, key, record_type, record_id)
         select dealer_id, 'p:' || $2, $3, id from ${table} r where dealer_id = $1
           and not exists (select from match_keys k where k.dealer_id = $1 and k.record_id = r.id)`,
        [dealerId, PHONE, table === 'leads' ? 'lead' : 'client']
      )
      const { rowCount } = await client.query(
        'select from match_keys where dealer_id = $1 and key = $2 and record_type = $3',
        [dealerId, `p:${PHONE}`, table === 'leads' ? 'lead' : 'client']
      )
      if (rowCount !== count) throw new Error(`${rowCount} ${table} are under the number`)
    })
  }
  const addClient = async ({ admin }: TestDealer) =>
    (await admin('POST', '/v1/clients', { contact: PERSON })).body.id
  const matchesOf = async ({ admin }: TestDealer, id: string) =>
    (await admin('GET', `/v1/leads/${id}/matches`)).body.data as {
      type: string
      id: string
      name: string | null
      band: string
      sharedByMany?: boolean
    }[]

  /** A dealer with so many leads under the number, and what the next one matches. */
  async function capture(count: number) {
    const dealer = await createDealer()
    await postLead(dealer.admin, { contact: PERSON })
    await crowd(dealer, 'leads', count)
    return { dealer, lead: await postLead(dealer.admin, { contact: PERSON }) }
  }

  await t.test('the response to a capture', async (t) => {
    const { lead: known } = await capture(MAX_RECORDS_PER_KEY)
    t.equal(known.matches.length, 10, 'a hundred still match')
    t.not(known.duplicateOf, null)
    const { lead: unknown } = await capture(MAX_RECORDS_PER_KEY + 1)
    t.equal(unknown.duplicateOf, null, 'one more does not')
    t.equal(unknown.matches.length, 10, 'and those who share it are told')
    for (const match of unknown.matches) {
      t.hasStrict(match, { band: 'possible', sharedByMany: true })
    }
  })

  await t.test('the list of a lead’s matches', async (t) => {
    const few = await capture(MAX_RECORDS_PER_KEY - 1)
    t.equal((await matchesOf(few.dealer, few.lead.id)).length, 99, 'a hundred with itself')
    const many = await capture(MAX_RECORDS_PER_KEY)
    const shared = await matchesOf(many.dealer, many.lead.id)
    t.ok([99, 100].includes(shared.length), 'no more are listed')
    t.ok(shared.every(({ sharedByMany, band }) => sharedByMany === true && band === 'possible'))
  })

  await t.test('the best of those who share it, and a double click', async (t) => {
    const dealer = await createDealer()
    await postLead(dealer.admin, { contact: PERSON })
    const others = Array.from({ length: MAX_RECORDS_PER_KEY + 1 }, (_, n) => ({
      source: 'website',
      contact: { fullName: `Customer ${n} Kos`, phone: PHONE }
    }))
    for (const other of others.slice(0, 60)) await dealer.admin('POST', '/v1/leads', other)
    const kept = { source: 'website', contact: { fullName: 'Ewa Lis', phone: PHONE } }
    const known = await dealer.admin('POST', '/v1/leads', kept)
    for (const other of others.slice(60)) await dealer.admin('POST', '/v1/leads', other)
    const asked = { ...kept, message: 'Is it still for sale?' }
    const first = await dealer.admin('POST', '/v1/leads', asked)
    t.equal(first.status, 201, first.text)
    const again = await dealer.admin('POST', '/v1/leads', asked)
    t.strictSame([again.status, again.body.id], [200, first.body.id], 'the same click is one lead')
    const [best] = await matchesOf(dealer, first.body.id)
    t.hasStrict(best, { id: known.body.id, name: 'Ewa Lis', sharedByMany: true })
    const other = await dealer.admin('POST', '/v1/leads', { ...asked, message: 'And its price?' })
    t.equal(other.status, 201, 'other content is another lead')
  })

  await t.test('a client, and an e-mail address, are found all the same', async (t) => {
    const { dealer } = await capture(MAX_RECORDS_PER_KEY + 1)
    const clientId = await addClient(dealer)
    const contact = { ...PERSON, email: 'jan@firm.example' }
    const first = await postLead(dealer.admin, { contact })
    const [best, ...others] = await matchesOf(dealer, first.id)
    t.hasStrict(best, { id: clientId, band: 'sure' })
    t.notOk(best?.sharedByMany)
    t.ok(others.every(({ sharedByMany }) => sharedByMany === true))
    t.equal((await postLead(dealer.admin, { contact })).duplicateOf, first.id)
  })

  await t.test('a conversion is refused for a hundred clients, and not for one more', async (t) => {
    for (const [count, status] of [
      [MAX_RECORDS_PER_KEY, 409],
      [MAX_RECORDS_PER_KEY + 1, 201]
    ] as const) {
      const dealer = await createDealer()
      await addClient(dealer)
      await crowd(dealer, 'clients', count)
      const lead = await postLead(dealer.admin, { contact: PERSON })
      const response = await dealer.admin('POST', `/v1/leads/${lead.id}/convert`, {})
      t.equal(response.status, status, `${count} clients`)
    }
  })

  await t.test('an import updates the client of the number, unless it is crowded', async (t) => {
    const columns = ['contact.fullName', 'contact.phone', 'contact.companyName']
    for (const [count, expected] of [
      [1, { created: 0, updated: 1 }],
      [MAX_RECORDS_PER_KEY + 1, { created: 1, updated: 0 }]
    ] as const) {
      const dealer = await createDealer()
      await addClient(dealer)
      await crowd(dealer, 'clients', count)
      const id = await stageImport(app, dealer, {
        target: 'clients',
        columns,
        rows: [['Jan Kowal', PHONE, 'Firm']],
        settings: { onMatch: 'update', matchBy: ['contact.phone'] }
      })
      const { counts } = await runStaged(t, app, dealer, id)
      t.hasStrict(counts, expected, `${count} clients`)
    }
  })

  await t.test('rows of one file that share a number are repeats, up to a hundred', async (t) => {
    const dealer = await createDealer()
    const rows = Array.from({ length: MAX_RECORDS_PER_KEY + 3 }, (_, n) => [
      `n${n}`,
      'Jan Kowal',
      PHONE
    ])
    const columns = ['externalId', 'contact.fullName', 'contact.phone']
    const id = await stageImport(app, dealer, { target: 'leads', columns, rows })
    await runStaged(t, app, dealer, id)
    const { body } = await dealer.admin('GET', `/v1/leads?import=${id}&limit=200`)
    const originals = (body.data as { externalId: string; duplicateOf: string | null }[])
      .filter(({ duplicateOf }) => duplicateOf === null)
      .map(({ externalId }) => externalId)
    t.strictSame(originals.toSorted(), ['n0', 'n101', 'n102'])
  })

  await t.test('a simulation places leads as the capture did', async (t) => {
    const dealer = await createDealer()
    const { admin, withUser } = dealer
    for (let n = 0; n < 2; n += 1) await withUser({ team: 'online_sales' })
    const target = { type: 'team', team: 'online_sales', by: 'round_robin' }
    const rules = { entries: [{ name: 'All', target }] }
    const draft = await admin('POST', '/v1/assignment-rules', { rules })
    await admin('POST', `/v1/assignment-rules/${draft.body.id}/publish`)
    const assignees: (string | undefined)[] = []
    for (let n = 0; n < MAX_RECORDS_PER_KEY + 4; n += 1) {
      const { assignee } = await postLead(admin, { contact: PERSON })
      assignees.push(assignee?.id)
    }
    t.equal(new Set(assignees.slice(0, -3)).size, 1, 'one person has one seller')
    t.equal(new Set(assignees).size, 2, 'a switchboard has whose turn it is')
    const period = { from: new Date(Date.now() - DAY_MS), to: new Date(Date.now() + DAY_MS) }
    const { body } = await admin('POST', '/v1/assignment-rules/simulate', { period })
    t.hasStrict(body.summary, { leads: assignees.length, same: assignees.length })
    t.strictSame(
      body.data.map(({ assigneeId }) => assigneeId),
      assignees
    )
  })

  await t.test('a simulation looks at earlier leads as the capture does', async (t) => {
    for (const [count, isKnown] of [
      [MAX_RECORDS_PER_KEY - 1, true],
      [MAX_RECORDS_PER_KEY + 1, false]
    ] as const) {
      const dealer = await createDealer()
      const seller = await dealer.withUser()
      await postLead(dealer.admin, { contact: PERSON, assignee: seller.id })
      await crowd(dealer, 'leads', count)
      const period = { from: new Date(), to: new Date(Date.now() + DAY_MS) }
      await postLead(dealer.admin, { contact: PERSON })
      const { body } = await dealer.admin('POST', '/v1/assignment-rules/simulate', { period })
      const assigneeId = isKnown ? seller.id : null
      t.hasStrict(body.data, [{ assigneeId, actual: { assigneeId } }], `${count} leads`)
    }
  })
})
