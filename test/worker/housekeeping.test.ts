import { randomBytes } from 'node:crypto'

import t from 'tap'

import { leastIdAt } from '../../src/ids.ts'
import { forgetHistory } from '../../src/repositories/history-end.ts'
import { runHousekeeping } from '../../src/worker/housekeeping.ts'
import { createTestApp } from '../support/app.ts'
import type { TestDealer } from '../support/app.ts'
import { asClient } from '../support/database.ts'
import { createFullDealer } from '../support/tenant-rows.ts'

const KEPT = { messageDays: 0, notificationDays: 0, payloadDays: 0 }
const DAY_MS = 86_400_000
const FIRST = '00000000-0000-0000-0000-000000000000'

const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS)

/** An id that was made so many days ago. */
const idOf = (days: number) =>
  `${leastIdAt(daysAgo(days)).slice(0, -12)}${randomBytes(6).toString('hex')}`

void t.test('housekeeping', async (t) => {
  const app = await createTestApp(t)
  const { createDealer, database } = app
  const owner = (text: string, values: unknown[] = []) =>
    asClient(database.ownerUrl, (client) => client.query(text, values))
  const run = (retention: Partial<typeof KEPT>, now = new Date()) =>
    runHousekeeping(database.db, { now, retention: { ...KEPT, ...retention } })
  const count = async (table: string, ...dealers: TestDealer[]) => {
    const ids = dealers.map(({ id }) => id)
    const { rows } = await owner(
      `select count(*)::int as n from ${table} where dealer_id = any($1)`,
      [ids]
    )
    return rows[0].n as number
  }

  /** Deliveries of these ids, each with a message and an attempt. */
  async function deliver({ id: dealerId }: TestDealer, state: string, ids: readonly string[]) {
    await owner(
      `with ended as (
        insert into deliveries (dealer_id, id, purpose, channel, target, state, message_id, attempts,
          due_at, created_at, updated_at)
        select $1, d, 'test_mail', 'mail',
          '{"name": null, "address": "a@dealer.test"}', $2, d, 1, now() + interval '1 year', now(), now()
        from unnest($3::uuid[]) d
      ), message as (
        insert into delivery_messages select $1, d, 'a message', now() from unnest($3::uuid[]) d
      )
      insert into delivery_attempts
      select $1, d, 1, 'sent', 'accepted', '{}', 1, now() from unnest($3::uuid[]) d`,
      [dealerId, state, ids]
    )
  }
  const messagesOf = async ({ id }: TestDealer) => {
    const { rows } = await owner(
      `select d.state, count(m.*)::int as messages, count(a.*)::int as attempts
       from deliveries d left join delivery_messages m on m.dealer_id = d.dealer_id and m.delivery_id = d.id
       left join delivery_attempts a on a.dealer_id = d.dealer_id and a.delivery_id = d.id
       where d.dealer_id = $1 group by 1 order by 1`,
      [id]
    )
    return rows.map(({ state, messages, attempts }) => [state, messages, attempts])
  }

  await t.test('for every dealer, old responses and expired sessions go', async (t) => {
    const dealers = [await createDealer(), await createDealer()]
    for (const { admin, id, ownerId } of dealers) {
      const source = { key: 'fair', name: 'Fair', kind: 'trade_fair' }
      await admin('POST', '/v1/sources', source, { 'idempotency-key': 'one' })
      await owner(
        `insert into refresh_tokens (dealer_id, id, user_id, family_id, token_hash, expires_at,
          created_at) select $1, gen_random_uuid(), $2, gen_random_uuid(), days::text,
          now() + make_interval(days => days), now() from unnest(array[1, 3]) days`,
        [id, ownerId]
      )
      // More than one batch.
      await owner(
        `insert into idempotency_keys (dealer_id, principal_id, key, operation, request_hash, created_at)
        select $1, $2, n::text, 'o', 'h', now() - interval '25 hours' from generate_series(1, 2500) n`,
        [id, ownerId]
      )
    }
    await run({})
    t.strictSame(
      [await count('idempotency_keys', ...dealers), await count('refresh_tokens', ...dealers)],
      [2, 4]
    )
    await run({}, new Date(Date.now() + 2 * DAY_MS))
    t.strictSame(
      [await count('idempotency_keys', ...dealers), await count('refresh_tokens', ...dealers)],
      [0, 2]
    )
  })

  await t.test('messages and attempts go, of what is never sent again', async (t) => {
    const dealer = await createDealer()
    for (const state of ['sent', 'cancelled', 'failed', 'pending']) {
      await deliver(dealer, state, [idOf(401), idOf(500), idOf(399), idOf(1)])
    }
    await run({})
    const all = ['cancelled', 'failed', 'pending', 'sent'].map((state) => [state, 4, 4])
    t.strictSame(await messagesOf(dealer), all, 'without a retention all is kept')
    for (let time = 0; time < 2; time += 1) {
      await run({ messageDays: 400 })
      t.strictSame(
        await messagesOf(dealer),
        [
          ['cancelled', 2, 2],
          ['failed', 4, 4],
          ['pending', 4, 4],
          ['sent', 2, 2]
        ],
        'the deliveries stay'
      )
    }
  })

  await t.test('a delivery says how it ended when its message is gone', async (t) => {
    const dealer = await createDealer()
    const id = idOf(500)
    await deliver(dealer, 'sent', [id])
    t.equal((await dealer.admin('GET', `/v1/deliveries/${id}/message`)).status, 200)
    await run({ messageDays: 400 })
    t.equal((await dealer.admin('GET', `/v1/deliveries/${id}/message`)).status, 404)
    const { body } = await dealer.admin('GET', `/v1/deliveries/${id}`)
    t.hasStrict(body, { state: 'sent', attemptCount: 1, attempts: [] })
  })

  // Guards the end in `forget_history`: without it, a stolen connection removes what happened today.
  await t.test('nothing of the last 30 days goes, whatever is asked', async (t) => {
    const dealer = await createDealer()
    await deliver(dealer, 'sent', [idOf(31), idOf(29), idOf(0)])
    await run({ messageDays: 1 }, new Date(Date.now() + 900 * DAY_MS))
    t.strictSame(await messagesOf(dealer), [['sent', 2, 2]])
  })

  await t.test('a batch looks at so many, and the next goes on behind it', async (t) => {
    const [dealer, other] = [await createDealer(), await createDealer()]
    const ids = Array.from({ length: 10 }, (_, n) => idOf(500 - n))
    await deliver(dealer, 'failed', ids.slice(0, 3))
    await deliver(dealer, 'sent', ids.slice(3))
    await deliver(other, 'sent', [idOf(500)])
    const batch = async (after: string) =>
      await database.db.transaction(dealer.id, (tx) =>
        forgetHistory(tx, { what: 'messages', before: daysAgo(400), after, limit: 4 })
      )
    const first = await batch(FIRST)
    t.strictSame(first, { lastId: ids[3], looked: 4, gone: 1 })
    t.strictSame(await batch(first.lastId ?? ''), { lastId: ids[7], looked: 4, gone: 4 })
    t.strictSame(await messagesOf(other), [['sent', 1, 1]], 'of the other dealer it sees none')
  })

  await t.test('more than a batch goes in one run, also with two runs at once', async (t) => {
    const dealer = await createDealer()
    await deliver(dealer, 'failed', [idOf(600)])
    await deliver(
      dealer,
      'sent',
      Array.from({ length: 3100 }, () => idOf(500))
    )
    await Promise.all([run({ messageDays: 400 }), run({ messageDays: 400 })])
    t.strictSame(await messagesOf(dealer), [
      ['failed', 1, 1],
      ['sent', 0, 0]
    ])
  })

  await t.test('what another transaction has locked is left to the next run', async (t) => {
    const dealer = await createDealer()
    await deliver(dealer, 'sent', [idOf(500), idOf(500)])
    await asClient(database.ownerUrl, async (client) => {
      await client.query('begin')
      await client.query(
        'select from delivery_messages where dealer_id = $1 order by delivery_id limit 1 for update',
        [dealer.id]
      )
      await run({ messageDays: 400 })
      t.strictSame(await messagesOf(dealer), [['sent', 1, 1]])
      await client.query('rollback')
    })
    await run({ messageDays: 400 })
    t.strictSame(await messagesOf(dealer), [['sent', 0, 0]])
  })

  await t.test(
    'notifications go, but those whose mail waits, and digests behind them',
    async (t) => {
      const dealer = await createDealer()
      const digests = [idOf(500), idOf(490), idOf(1)]
      await owner(
        `insert into digests select $1, d, $2, '2020-01-01'::date + n::int, now()
       from unnest($3::uuid[]) with ordinality as g(d, n)`,
        [dealer.id, dealer.ownerId, digests]
      )
      const tell = (id: string, digestId: string | null = null) =>
        owner(
          `insert into notifications (dealer_id, id, user_id, kind, key, facts, mode, digest_id, created_at)
         values ($1, $2::uuid, $3, 'openLeads', $2::uuid::text, '{}', 'now', $4, now())`,
          [dealer.id, id, dealer.ownerId, digestId]
        )
      const waiting = idOf(500)
      await deliver(dealer, 'pending', [waiting])
      await tell(idOf(500))
      await tell(waiting, digests[1])
      await tell(idOf(501), digests[0])
      await tell(idOf(2), digests[2])
      await run({ notificationDays: 400 })
      t.equal(await count('notifications', dealer), 2)
      const { rows } = await owner('select id from digests where dealer_id = $1 order by id', [
        dealer.id
      ])
      t.strictSame(
        rows.map(({ id }) => id),
        digests.slice(1)
      )
      t.strictSame(await messagesOf(dealer), [['pending', 1, 1]])
    }
  )

  await t.test('payloads go, but those of imports; the lead stays', async (t) => {
    const { dealer } = await createFullDealer(app, 'payloads')
    const { rows: leads } = await owner(
      `select id, payload_id, import_id from leads where dealer_id = $1 order by id`,
      [dealer.id]
    )
    for (const payloadId of new Set(leads.map((lead) => lead.payload_id))) {
      await owner(
        `with moved as (update payloads set id = $3 where dealer_id = $1 and id = $2),
         lead as (update leads set payload_id = $3 where dealer_id = $1 and payload_id = $2)
         update imports set payload_id = $3 where dealer_id = $1 and payload_id = $2`,
        [dealer.id, payloadId, idOf(500)]
      )
    }
    const read = async (isImported: boolean) => {
      const { id } = leads.find((lead) => (lead.import_id !== null) === isImported)
      const payload = await dealer.admin('GET', `/v1/leads/${id}/payload`)
      return [payload.status, (await dealer.admin('GET', `/v1/leads/${id}`)).status]
    }
    t.strictSame(
      [await read(false), await read(true)],
      [
        [200, 200],
        [200, 200]
      ]
    )
    const imports = await count('imports', dealer)
    await run({ payloadDays: 400 })
    t.strictSame(
      [await read(false), await read(true)],
      [
        [404, 200],
        [200, 200]
      ]
    )
    const { rows } = await owner(
      `select count(*)::int as n from imports i join payloads p on p.dealer_id = i.dealer_id
         and p.id = i.payload_id where i.dealer_id = $1`,
      [dealer.id]
    )
    t.ok(imports > 0 && rows[0].n > 0, 'what the leads of a file refer to stays')
  })

  await t.test('persons who were answered before any window are forgotten', async (t) => {
    const dealer = await createDealer()
    await asClient(database.superuserUrl, async (client) => {
      // Without leads of that age.
      await client.query('set session_replication_role = replica')
      await client.query(
        `insert into auto_responded_persons values ($1, 'e:a', $2, $4), ($1, 'e:b', $3, $4),
           ($1, 'e:c', $3, $5)`,
        [dealer.id, daysAgo(400), daysAgo(300), idOf(401), idOf(301)]
      )
    })
    await run({})
    const { rows } = await owner(
      'select key from auto_responded_persons where dealer_id = $1 order by key',
      [dealer.id]
    )
    t.strictSame(
      rows.map(({ key }) => key),
      ['e:b', 'e:c']
    )
  })
})
