import { sql } from 'drizzle-orm'
import t from 'tap'

import { runStaged, stageImport } from '../../../imports/staged-import.ts'
import { createTestApp } from '../../../support/app.ts'
import { historyOf, postAdf } from '../../../support/leads.ts'
import { rowsOf } from '../../../support/sql.ts'

void t.test('A held lead that comes again with a usable contact', async (t) => {
  const app = await createTestApp(t)
  const { createDealer, database } = app
  const owed = async (dealerId: string, leadId: string) => {
    const rows = await database.db.transaction(dealerId, (tx) =>
      rowsOf<{ purpose: string; address: string }>(
        tx,
        sql`select purpose, target->>'address' as address from deliveries
         where dealer_id = ${dealerId} and lead_id = ${leadId} and state = 'pending'
           and purpose <> 'queue_mail' order by id`
      )
    )
    return rows.map(({ purpose, address }) => [purpose, address])
  }
  const lead = (contact: object) => ({
    source: 'website',
    externalId: 'form-1',
    contact: { fullName: 'Iga Lis', ...contact }
  })

  await t.test('JSON: is released, matched, assigned and announced once', async (t) => {
    const { id: dealerId, admin, withUser } = await createDealer({ leadAddress: 'all@dealer.test' })
    const anna = await withUser()
    const known = { fullName: 'Iga Lis', phone: '601 500 231' }
    await admin('POST', '/v1/leads', { source: 'portal', contact: known, assignee: anna.id })
    const held = await admin('POST', '/v1/leads', lead({ phone: '12' }))
    t.equal(held.body.outcome, 'quarantined')
    t.strictSame(await owed(dealerId, held.body.id), [])

    const again = await admin('POST', '/v1/leads', lead({ phone: '601 500 231' }))
    t.equal(again.status, 200)
    t.hasStrict(again.body, {
      id: held.body.id,
      outcome: 'repeated',
      quarantined: false,
      contact: { phone: '+48601500231' },
      assignee: { id: anna.id }
    })
    const told = [
      ['assignee_mail', anna.email],
      ['dealer_mail', 'all@dealer.test']
    ]
    t.strictSame(await owed(dealerId, held.body.id), told)
    t.equal((await historyOf(admin, held.body.id, 'lead.released')).length, 1)
    const found = await admin('GET', '/v1/leads?q=601500231')
    t.equal(found.body.data.length, 2, 'its keys are there')

    await admin('POST', '/v1/leads', lead({ phone: '601 500 231' }))
    t.strictSame(await owed(dealerId, held.body.id), told, 'a third time nothing is new')
  })

  await t.test('JSON: without anything usable it stays held', async (t) => {
    const { admin } = await createDealer()
    const held = await admin('POST', '/v1/leads', lead({ phone: '12' }))
    const again = await admin('POST', '/v1/leads', lead({ phone: '13' }))
    t.hasStrict(again.body, { id: held.body.id, quarantined: true })
  })

  await t.test('a member who does not see it completes it all the same', async (t) => {
    const { admin, withUser } = await createDealer()
    const member = await withUser()
    const held = await admin('POST', '/v1/leads', lead({ email: 'iga@' }))
    await member.call('POST', '/v1/leads', lead({ email: 'iga@example.com' }))
    const { body } = await admin('GET', `/v1/leads/${held.body.id}`)
    t.hasStrict(body, { quarantined: false, contact: { email: 'iga@example.com' } })
  })

  await t.test('ADF: by the id of its prospect', async (t) => {
    const { id: dealerId, admin } = await createDealer({ leadAddress: 'all@dealer.test' })
    const adf = (contact: string) => `<adf><prospect><id source="x">77</id><vehicle><make>Kia</make>
      </vehicle><customer><contact><name part="full">Jan Kos</name>${contact}</contact></customer>
      </prospect></adf>`
    const [held] = (await postAdf(admin, adf('<phone>0</phone>'))).body.data
    t.equal(held?.outcome, 'quarantined')
    const [again] = (await postAdf(admin, adf('<email>jan@example.com</email>'))).body.data
    t.hasStrict(again, { id: held?.id, quarantined: false, contact: { email: 'jan@example.com' } })
    t.strictSame(await owed(dealerId, held?.id ?? ''), [['dealer_mail', 'all@dealer.test']])
  })

  await t.test('a list: a row that updates it', async (t) => {
    const dealer = await createDealer({ leadAddress: 'all@dealer.test' })
    const first = { ...lead({ phone: '12' }), source: 'purchased-list' }
    const held = await dealer.admin('POST', '/v1/leads', first)
    const id = await stageImport(app, dealer, {
      target: 'leads',
      columns: ['externalId', 'contact.fullName', 'contact.phone'],
      rows: [['form-1', 'Iga Lis', '601 500 232']],
      settings: { onMatch: 'update', matchBy: ['externalId'] }
    })
    const done = await runStaged(t, app, dealer, id)
    t.hasStrict(done.counts, { updated: 1 })
    const { body } = await dealer.admin('GET', `/v1/leads/${held.body.id}`)
    t.hasStrict(body, { quarantined: false, contact: { phone: '+48601500232' } })
    t.strictSame(await owed(dealer.id, body.id), [['dealer_mail', 'all@dealer.test']])
  })
})
