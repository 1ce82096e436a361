import { sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import { events } from '../../database/schema.ts'

/** A lead in a query: its columns, by its alias there. */
interface HeldLead {
  dealerId: SQL
  id: SQL
  assigneeId: SQL
}

/** Of events `h`: those that gave a lead another user. The type is no parameter, so that the index serves. */
function assignmentsOf({ dealerId, id }: HeldLead): SQL {
  return sql`${events} h where h.dealer_id = ${dealerId} and h.lead_id = ${id}
    and h.type = 'lead.assigned'`
}

const FROM = sql`(h.data->>'fromAssigneeId')::uuid`
const TO = sql`(h.data->>'toAssigneeId')::uuid`

/** Whether one of these users, an array, had the lead at any time. */
export function wasHeldBy(lead: HeldLead, userIds: SQL): SQL {
  return sql`(${lead.assigneeId} = any(${userIds}) or exists (select 1 from ${assignmentsOf(lead)}
    and (${FROM} = any(${userIds}) or ${TO} = any(${userIds})) offset 0))`
}

/** Whether no user ever had the lead. */
export function wasNeverHeld(lead: HeldLead): SQL {
  return sql`(${lead.assigneeId} is null and not exists (select 1 from ${assignmentsOf(lead)}
    and (${FROM} is not null or ${TO} is not null) offset 0))`
}

/** A query of the users (`user_id`) who had the lead at any time, each once. */
export function holdersOf(lead: HeldLead): SQL {
  return sql`select u.user_id from (select ${lead.assigneeId} as user_id
      union select ${FROM} from ${assignmentsOf(lead)}
      union select ${TO} from ${assignmentsOf(lead)}) u where u.user_id is not null`
}

/**
 * The user who had the lead at a time, or null: it waited in a queue. It is whom the last assignment
 * until then gave it to; before the first, whom that took it from; without any, whom it has now.
 */
export function holderAt(lead: HeldLead, time: SQL): SQL {
  return sql`(select case when before.id is not null then before.user_id
      when after.id is not null then after.user_id else ${lead.assigneeId} end
    from (select 1) one
    left join lateral (select h.id, ${TO} as user_id from ${assignmentsOf(lead)}
      and h.created_at <= ${time} order by h.id desc limit 1) before on true
    left join lateral (select h.id, ${FROM} as user_id from ${assignmentsOf(lead)}
      and h.created_at > ${time} order by h.id limit 1) after on true)`
}

/** The user who had the lead first, or null: none ever did. */
export function firstHolder(lead: HeldLead): SQL {
  return sql`coalesce((select coalesce(${FROM}, ${TO}) from ${assignmentsOf(lead)}
    and coalesce(${FROM}, ${TO}) is not null order by h.id limit 1), ${lead.assigneeId})`
}
