import t from 'tap'

import { createTestApp } from '../../support/app.ts'
import type { TestDealer } from '../../support/app.ts'
import { asClient } from '../../support/database.ts'

/** Captures leads that each owe one mail, one after the other. */
async function capture({ admin }: TestDealer, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const contact = { fullName: 'Ada Łoś', email: `ada${n}@example.test` }
    await admin('POST', '/v1/leads', { source: 'website', contact })
  }
}

void t.test('due deliveries', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const settings = { leadAddress: 'leads@dealer.test' }
  const [busy, quiet] = [await createDealer(settings), await createDealer(settings)]
  await capture(busy, 6)
  await capture(quiet, 2)
  // By dealer, how many of the oldest deliveries a worker is given, in the order of their times.
  const given = async (limit: number, batch: number, taken: readonly string[] = []) =>
    await asClient(database.ownerUrl, async (client) => {
      await client.query(`update deliveries set due_at = created_at - interval '1 minute'
        where state = 'pending'`)
      const { rows } = await client.query<{ dealer_id: string; delivery_ids: string[] }>(
        'select * from due_deliveries($1, $2, $3)',
        [limit, batch, taken]
      )
      return new Map(rows.map((row) => [row.dealer_id, row.delivery_ids]))
    })

  const counts = (found: ReadonlyMap<string, string[]>) => ({
    busy: found.get(busy.id)?.length ?? 0,
    quiet: found.get(quiet.id)?.length ?? 0
  })
  const all = await given(100, 50)
  const perLead = counts(all).busy / 6
  t.same(counts(all), { busy: 6 * perLead, quiet: 2 * perLead })

  // Guards the turns: the older ones of a busy dealer would take all the room.
  t.same(counts(await given(4, 2)), { busy: 2, quiet: 2 })
  t.same(counts(await given(4, 4)), { busy: 4, quiet: 0 })
  t.equal(counts(await given(4, 1, all.get(quiet.id))).busy, 4, 'one dealer alone has all the room')
  t.same((await given(2, 2)).get(busy.id), all.get(busy.id)?.slice(0, 2), 'the oldest come first')
})
