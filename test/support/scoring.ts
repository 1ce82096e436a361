import { recompute } from '../../src/use-cases/scoring/recompute.ts'
import type { TestApp, TestDealer } from './app.ts'
import type { Caller } from './response.ts'

/** Plain rules: visits fade by half in a week. */
export const RULES = {
  attributes: [
    { name: 'Vehicle', criteria: { field: 'vehicle.make', exists: true }, points: 10 },
    { name: 'Message', criteria: { field: 'message', exists: true }, points: 3 }
  ],
  engagement: { site_visit: 10, mail_clicked: 20, opted_out: -100 },
  movement: [{ name: 'Quick', from: 'new', to: 'qualified', withinDays: 2, points: 15 }],
  halfLifeDays: 7,
  thresholds: { hot: 50, warm: 20 }
}

/** Publishes scoring rules and returns the id of their version; nothing is recomputed yet. */
export async function publishScoringRules(call: Caller, rules: object = RULES): Promise<string> {
  const draft = await call('POST', '/v1/scoring-rules', { rules })
  if (draft.status !== 201) throw new Error(`the rules were not taken: ${draft.text}`)
  const { id } = draft.body
  const published = await call('POST', `/v1/scoring-rules/${id}/publish`)
  if (published.status !== 200) throw new Error(`the rules were not published: ${published.text}`)
  return id
}

/** Does what the worker does after a publication, and returns how many leads it scored. */
export async function runRecomputation(
  { database: { db } }: TestApp,
  dealer: TestDealer,
  ruleSetId: string,
  now: () => Date
): Promise<number> {
  const { body } = await dealer.admin('GET', `/v1/scoring-rules/${ruleSetId}/recomputation`)
  return await recompute(db, { dealerId: dealer.id, id: body.id, now })
}
