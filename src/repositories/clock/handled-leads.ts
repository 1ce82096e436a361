import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { activities, events, qualifications } from '../../database/schema.ts'
import { sqlList } from '../../database/sql-list.ts'
import { WORK_MOVE_EVENTS } from '../../domain/events/event.ts'
import { isOfUndo } from '../reports/funnel-conditions.ts'

/**
 * What is work on a lead: the report of the team counts it as `handled`, and the first of it ends the
 * wait for a response. Of activities `a`, events `e` and qualifications `q` of a lead.
 */
export const WAS_DONE = sql`a.state = 'done' and a.user_id is not null`

/** A move by a user's work, with the types as constants, so that the index of moves serves. */
export function wasMoved(): SQL {
  const types = sql.raw(sqlList(WORK_MOVE_EVENTS))
  return sql`e.type in (${types}) and e.data->>'code' is null and not ${isOfUndo()}`
}

/** Whether users or keys worked on a lead. */
export async function wasHandled(tx: Transaction, leadId: string): Promise<boolean> {
  const ofLead = (alias: string) =>
    sql`${sql.raw(alias)}.dealer_id = ${tx.dealerId} and ${sql.raw(alias)}.lead_id = ${leadId}`
  const { rows } = await tx.orm.execute<{ handled: boolean }>(sql`select
    exists (select 1 from ${activities} a where ${ofLead('a')} and ${WAS_DONE})
    or exists (select 1 from ${events} e where ${ofLead('e')}
      and e.actor_type in ('user', 'key') and ${wasMoved()})
    or exists (select 1 from ${qualifications} q where ${ofLead('q')}) as handled`)
  return rows[0]?.handled ?? false
}
