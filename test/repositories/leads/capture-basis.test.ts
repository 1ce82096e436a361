import { sql } from 'drizzle-orm'
import t from 'tap'

import type { Transaction } from '../../../src/database/client.ts'
import { EMPTY_CONTACT } from '../../../src/domain/leads/empty-lead.ts'
import { newId } from '../../../src/ids.ts'
import { captureBasisOf } from '../../../src/repositories/leads/capture-basis.ts'
import { askForCapture } from '../../../src/repositories/leads/capture-question.ts'
import { createTestApp } from '../../support/app.ts'
import { countStatements } from '../../support/count-statements.ts'
import { asClient } from '../../support/database.ts'
import { postLead } from '../../support/leads.ts'

const ask = async (tx: Transaction, named: { externalId?: string } = {}) =>
  await askForCapture(tx, {
    sourceKey: 'website',
    sourceId: null,
    referralCode: null,
    assigneeId: null,
    authorId: null,
    externalId: null,
    principalId: null,
    idempotencyKey: null,
    contact: EMPTY_CONTACT,
    now: new Date(),
    mailFrom: 'desk@dealer.test',
    ...named
  })

/** Changes of what captures are decided from, and what they find then. */
const CHANGES: [change: string, found: object][] = [
  ["update sources set name = 'Our site' where key = 'website'", { source: { name: 'Our site' } }],
  ["update sources set kind = 'portal' where key = 'website'", { source: { kind: 'portal' } }],
  ["update sources set active = false where key = 'website'", { source: { active: false } }],
  ["update sources set key = 'site' where key = 'website'", { source: null }],
  [`update statuses set name = 'Fresh' where "group" = 'new'`, { newStatus: { name: 'Fresh' } }],
  [
    `insert into statuses (dealer_id, id, name, "group", position, created_at, updated_at)
     select dealer_id, uuidv7(), 'First', 'new', -1, now(), now() from statuses limit 1`,
    { newStatus: { name: 'First' } }
  ],
  [`update statuses set position = 100 where name = 'First'`, { newStatus: { name: 'Fresh' } }],
  [
    "update queues set name = 'Hall', working_hours = '{}' where is_default",
    { routing: { queues: [{ name: 'Hall', workingHours: {} }] } }
  ],
  [
    `insert into queue_members (dealer_id, queue_id, user_id, created_at)
     select q.dealer_id, q.id, u.id, now() from queues q, users u where q.is_default and u.name = 'Ada'`,
    { queueRecipients: [{ name: 'Ada', absences: [] }] }
  ],
  [
    `update users set absences = '[{"from": "2001-01-01", "to": "2001-01-02"}]' where name = 'Ada'`,
    { queueRecipients: [{ name: 'Ada', absences: [{ from: '2001-01-01' }] }] }
  ],
  [
    `update users set notification_modes = '{"new_lead": "digest"}' where name = 'Ada'`,
    { queueRecipients: [{ notificationModes: { new_lead: 'digest' } }] }
  ],
  ["update users set name = 'Eva' where name = 'Ada'", { queueRecipients: [{ name: 'Eva' }] }],
  [
    "update users set working_hours = '{}' where name = 'Eva'",
    { queueRecipients: [{ name: 'Eva', workingHours: {} }] }
  ],
  ["delete from queue_members where user_id in (select id from users where name = 'Eva')", {}],
  [
    `update dealers set settings = settings || jsonb_build_object('fallbackAssigneeId',
       (select id from users where name = 'Eva'))`,
    { fallbackAssignee: { name: 'Eva' } }
  ],
  ['update users set capacity_per_day = 3', { fallbackAssignee: { capacityPerDay: 3 } }],
  ["update users set languages = '{pl}'", { fallbackAssignee: { languages: ['pl'] } }],
  ["update users set active = false where name = 'Eva'", { fallbackAssignee: { active: false } }],
  ["update dealers set time_zone = 'Asia/Tokyo'", { routing: { timeZone: 'Asia/Tokyo' } }],
  ["update dealers set working_hours = '{}'", { routing: { workingHours: {} } }],
  [
    `insert into rule_sets (dealer_id, id, kind, state, number, content, created_at, updated_at)
     select id, uuidv7(), 'assignment', 'draft', 1, '{"entries": []}', now(), now() from dealers`,
    { routing: { rules: null } }
  ],
  ["update rule_sets set state = 'published'", { routing: { rules: { number: 1, entries: [] } } }],
  [
    `insert into rule_sets (dealer_id, id, kind, state, number, content, created_at, updated_at)
     select id, uuidv7(), 'auto_response', 'published', 1, '{}', now(), now() from dealers`,
    { autoResponse: { rules: {}, isSuppressed: false } }
  ],
  [
    "update dealers set email = 'Office@Dealer.test'",
    { autoResponse: { ownAddresses: ['desk@dealer.test', 'office@dealer.test'] } }
  ],
  ["delete from rule_sets where kind = 'auto_response'", { autoResponse: null }],
  [
    `insert into custom_fields (dealer_id, id, target, key, label, type, options, required, searchable,
       position, created_at, updated_at)
     select id, uuidv7(), 'lead', 'color', 'Color', 'text', '{}', false, false, 1, now(), now() from dealers`,
    { customFields: [{ key: 'color', searchable: false }] }
  ],
  ['update custom_fields set searchable = true', { customFields: [{ searchable: true }] }],
  ['delete from custom_fields', { customFields: [] }]
]

void t.test('what captures are decided from', async (t) => {
  const { database, createDealer } = await createTestApp(t)
  const { db, ownerUrl } = database

  await t.test('is as it is after each change by hand or by another process', async (t) => {
    const { id, withUser } = await createDealer()
    await withUser({ name: 'Ada' })
    await asClient(ownerUrl, async (client) => {
      await client.query("select set_config('app.tenant', $1, false)", [id])
      for (const [change, found] of CHANGES) {
        await db.transaction(id, (tx) => ask(tx))
        await client.query(change)
        t.match(await db.transaction(id, (tx) => ask(tx)), found, change)
      }
    })
  })

  await t.test('is read once, and asked for its stamp with the question', async (t) => {
    const { id } = await createDealer()
    const count = async () =>
      await countStatements(db.pool, async () => await db.transaction(id, (tx) => ask(tx)))
    t.equal(await count(), 4, 'begin, basis, question, commit')
    t.equal(await count(), 3, 'begin, question, commit')
  })

  await t.test('of a change that is rolled back is not kept', async (t) => {
    const { id } = await createDealer()
    const failed = db.transaction(id, async (tx) => {
      await tx.orm.execute("update sources set name = 'Never' where key = 'website'")
      t.equal((await ask(tx)).source?.name, 'Never')
      throw new Error('no')
    })
    await t.rejects(failed, { message: 'no' })
    t.equal((await db.transaction(id, (tx) => ask(tx))).source?.name, 'Website')
  })

  await t.test('is that of one dealer, and cannot be changed by a capture', async (t) => {
    const one = await createDealer()
    const other = await createDealer()
    const basis = await db.transaction(one.id, captureBasisOf)
    t.not(basis.newStatus.id, (await db.transaction(other.id, captureBasisOf)).newStatus.id)
    t.ok(Object.isFrozen(basis.settings))
    t.throws(() => (basis.customFields as unknown[]).push({ id: newId() }))
  })

  await t.test(
    'beside it a capture reads the leads of its person, however many its source has',
    async (t) => {
      const { id, admin } = await createDealer()
      await postLead(admin)
      await asClient(ownerUrl, async (client) => {
        await client.query("select set_config('app.tenant', $1, false)", [id])
        await client.query(`insert into leads (dealer_id, id, type, source_id, status_id, status_changed_at, is_test,
          content, payload_id, received_at, updated_at)
        select l.dealer_id, uuidv7(), l.type, l.source_id, l.status_id, l.status_changed_at, false,
          l.content, l.payload_id, l.received_at, l.updated_at
        from leads l, generate_series(1, 3000)`)
        await client.query('analyze leads, match_keys')
      })
      const plans = await db.transaction(id, async (tx) => {
        await ask(tx)
        await ask(tx, { externalId: 'portal:1' })
        const { rows } = await tx.filterOrm.execute(
          sql`select name, statement from pg_prepared_statements where name like 'capture-question%' order by name`
        )
        const found: string[] = []
        for (const { statement } of rows) {
          const text = sql.raw(String(statement))
          const { rows: lines } = await tx.filterOrm.execute(sql`explain (generic_plan) ${text}`)
          found.push(lines.map((line) => String(line['QUERY PLAN'])).join('\n'))
        }
        return found
      })
      t.equal(plans.length, 2, 'with and without all that a request can name')
      for (const plan of plans) {
        const indexes = [...plan.matchAll(/(\S+) on leads/g)].map(([, index]) => index)
        t.strictSame(
          new Set(indexes.filter((index) => index !== 'leads_external_id_key')),
          new Set(['leads_dealer_id_id_pk'])
        )
      }
    }
  )
})
