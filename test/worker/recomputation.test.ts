import t from 'tap'
import type { Test } from 'tap'

import { newId } from '../../src/ids.ts'
import { OPERATOR_TOKEN, createTestApp } from '../support/app.ts'
import type { Recomputation } from '../support/contract-types.ts'
import type { Caller } from '../support/response.ts'
import { asClient } from '../support/database.ts'
import { postLead } from '../support/leads.ts'
import { TEST_SECRET } from '../support/postgres.ts'
import { startProgram } from '../support/program.ts'
import type { Program } from '../support/program.ts'
import { publishScoringRules } from '../support/scoring.ts'
import { until } from '../support/worker.ts'

/** Enough for some seconds of work: the program is killed in the middle of it. */
const LEADS = 4_000

// The real program on a real database, killed as a power cut would.
void t.test('a recomputation outlives the program that began it', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const { admin, id: dealerId } = await createDealer()
  const first = await postLead(admin)
  await multiply(database.ownerUrl, { dealerId, leadId: first.id, count: LEADS - 1 })
  const ruleSetId = await publishScoringRules(admin)

  const settings = {
    DATABASE_URL: database.ownerUrl,
    LEADYARD_SECRET: TEST_SECRET,
    LEADYARD_OPERATOR_TOKEN: OPERATOR_TOKEN
  }
  const killed = await start(t, settings)
  const read = () => runOf(admin, ruleSetId)
  await until(read, ({ done }) => done > 0, { seconds: 60 })
  await killed.kill()
  const broken = await runOf(admin, ruleSetId)
  t.equal(broken.state, 'running')
  t.ok(broken.done < LEADS, `${broken.done} leads were scored when it died`)

  const next = await start(t, settings)
  await until(read, ({ state }) => state === 'done', { seconds: 120 })
  const { startedAt: _, finishedAt: __, id: ___, ...run } = await runOf(admin, ruleSetId)
  t.strictSame(run, { ruleSetId, state: 'done', total: LEADS, done: LEADS, percent: 100 })
  t.strictSame(await countScores(database.ownerUrl), [
    // Every other lead says something; of those with a visit some have both.
    { score: 0, decisions: 1, leads: LEADS / 4 },
    { score: 3, decisions: 1, leads: LEADS / 4 },
    { score: 10, decisions: 1, leads: LEADS / 4 },
    { score: 13, decisions: 1, leads: LEADS / 4 }
  ])
  t.equal(await next.stop(), 0)
})

async function start(t: Test, environment: Record<string, string>): Promise<Program> {
  return await startProgram(t, { environment })
}

async function runOf(call: Caller, ruleSetId: string): Promise<Recomputation> {
  return (await call('GET', `/v1/scoring-rules/${ruleSetId}/recomputation`)).body
}

/** Copies a lead so many times; every other one gets a message, every other pair a visit just now. */
async function multiply(
  ownerUrl: string,
  { dealerId, leadId, count }: { dealerId: string; leadId: string; count: number }
): Promise<void> {
  const ids = Array.from({ length: count }, () => newId())
  await asClient(ownerUrl, async (client) => {
    await client.query(`select set_config('app.tenant', $1, false)`, [dealerId])
    await client.query(
      `insert into leads (dealer_id, id, type, source_id, status_id, status_changed_at, queue_id,
         is_test, content, payload_id, received_at, updated_at)
       select l.dealer_id, i.id, l.type, l.source_id, l.status_id, l.status_changed_at, l.queue_id,
         l.is_test, case when i.n % 2 = 1 then l.content || '{"message": "Hello?"}'
         else l.content end, l.payload_id, l.received_at, l.updated_at
       from leads l, unnest($2::uuid[]) with ordinality as i(id, n) where l.id = $1`,
      [leadId, ids]
    )
    await client.query(
      `insert into engagements (dealer_id, id, lead_id, type, weight, occurred_at, created_at)
       select $1, gen_random_uuid(), i.id, 'site_visit', 1, now(), now()
       from unnest($2::uuid[]) with ordinality as i(id, n) where i.n % 4 in (1, 2)`,
      [dealerId, ids]
    )
  })
}

async function countScores(ownerUrl: string): Promise<unknown[]> {
  const { rows } = await asClient(ownerUrl, async (client) => {
    return await client.query(
      `select score, decisions, count(*)::int as leads from (
         select l.score, (select count(*)::int from decisions d
           where d.dealer_id = l.dealer_id and d.lead_id = l.id and d.step = 'scored') as decisions
         from leads l) each group by score, decisions order by score, decisions`
    )
  })
  return rows
}
