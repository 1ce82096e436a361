import t from 'tap'

import { newId } from '../../../src/ids.ts'
import { renewStatistics } from '../../../src/repositories/imports/statistics.ts'
import { asClient, createTestDatabase } from '../../support/database.ts'

const PEOPLE = 3_000

// Guards the condition on live rows in `renew_statistics`.
void t.test('after an undo, people of the next import are looked up by their keys', async (t) => {
  const { db, superuserUrl } = await createTestDatabase(t)
  const dealerId = newId()
  await asClient(superuserUrl, async (client) => {
    const change = async (statement: string) => {
      await client.query(statement)
      await client.query('select pg_stat_force_next_flush()')
      await renewStatistics(db)
    }
    const fill = `insert into match_keys (dealer_id, key, record_type, record_id)
      select '${dealerId}', 'e' || n, 'lead', gen_random_uuid() from generate_series(1, ${PEOPLE}) n`
    const known = async () =>
      (await client.query(`select reltuples from pg_class where relname = 'match_keys'`)).rows
    await change(`set session_replication_role = replica; ${fill}`)
    t.strictSame(await known(), [{ reltuples: PEOPLE }], 'the first import is known')
    await change('delete from match_keys')
    t.strictSame(await known(), [{ reltuples: PEOPLE }], 'and is still, once undone')
    await client.query(fill)
    const plan = await client.query<{ 'QUERY PLAN': string }>(
      `explain select record_id from match_keys
       where dealer_id = '${dealerId}' and key = 'e1' and record_type = 'lead' limit 51`
    )
    const lines = plan.rows.map((row) => row['QUERY PLAN']).join('\n')
    t.match(lines, 'match_keys_dealer_id_key_record_type_record_id_pk')
  })
})
