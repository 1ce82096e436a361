import { eq, inArray, isNotNull, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import {
  activities,
  events,
  leadClocks,
  leads,
  qualifications,
  saleStatuses,
  sales,
  statuses
} from '../../database/schema.ts'
import { MEETING_TYPES } from '../../domain/clock/lead-clock.ts'
import type { StatusGroup } from '../../domain/leads/status.ts'
import type { Measure } from '../../domain/reports/measure.ts'

/**
 * What a measure holds of, as a condition on `leads`. Counting and listing use the same one, so that
 * a number is always that of its list.
 */
export function measureCondition(tx: Transaction, measure: Measure): SQL {
  switch (measure) {
    case 'received':
      return sql`true`
    case 'duplicate':
      return isNotNull(leads.duplicateOfId)
    case 'quarantined':
      return isNotNull(leads.quarantineReason)
    case 'invalid':
      return sql`(${hasNoAddress()} or (${hasActivity(WRONG_ADDRESS)} and not ${wasReached()}))`
    case 'reached':
      return wasReached()
    case 'appointment':
      return hasActivity(sql`${isMeeting()} and a.state <> 'cancelled'`)
    case 'shown':
      return hasActivity(sql`${isMeeting()} and a.state = 'done'`)
    case 'qualified':
      return wasQualified()
    case 'converted':
      return isNotNull(leads.clientId)
    case 'sold':
      return hasSale()
    case 'lost':
    case 'deleted':
      return isIn(tx, measure)
  }
}

const WRONG_ADDRESS = sql`(a.type = 'call' and a.outcome = 'wrong_number')
  or (a.type = 'email' and a.outcome = 'bounced')`

function isMeeting(): SQL {
  return sql`a.type in ${[...MEETING_TYPES]}`
}

function hasActivity(condition: SQL): SQL {
  return sql`exists (select 1 from ${activities} a where a.dealer_id = ${leads.dealerId}
    and a.lead_id = ${leads.id} and (${condition}))`
}

function wasReached(): SQL {
  return sql`exists (select 1 from ${leadClocks} c where c.dealer_id = ${leads.dealerId}
    and c.lead_id = ${leads.id} and c.reached_at is not null)`
}

/** No e-mail address and no phone number of the sender’s could be read. */
function hasNoAddress(): SQL {
  return sql`not (${leads.content} @? '$.contact.emails[*] ? (@.valid == true)'
    or ${leads.content} @? '$.contact.phones[*] ? (@.valid == true)')`
}

function wasQualified(): SQL {
  return sql`(exists (select 1 from ${qualifications} q where q.dealer_id = ${leads.dealerId}
      and q.lead_id = ${leads.id} and q.result = 'qualified')
    or exists (select 1 from ${events} e where ${isMove()} and e.data->>'toGroup' = 'qualified'))`
}

function hasSale(): SQL {
  return sql`exists (select 1 from ${sales} s
    join ${saleStatuses} g on g.dealer_id = s.dealer_id and g.id = s.status_id
    where s.dealer_id = ${leads.dealerId} and s.lead_id = ${leads.id}
      and s.undone_at is null and g."group" <> 'cancelled')`
}

/** As an array the statuses are looked up once. */
function isIn(tx: Transaction, group: StatusGroup): SQL {
  const ofGroup = tx.orm
    .select({ id: statuses.id })
    .from(statuses)
    .where(sql`${eq(statuses.dealerId, tx.dealerId)} and ${inArray(statuses.group, [group])}`)
  return sql`${leads.statusId} = any(array(${ofGroup}))`
}

/** Why a lead was last deleted; null: nobody said. */
export function deletionReason(): SQL {
  return sql`(select e.data->>'reason' from ${events} e
    where ${isMove()} and e.data->>'toGroup' = 'deleted' order by e.id desc limit 1)`
}

/** A lead's way through groups. The types are spelled out so that the index of moves serves. */
function isMove(): SQL {
  return sql`e.dealer_id = ${leads.dealerId} and e.lead_id = ${leads.id}
    and e.type in ('lead.status_changed', 'lead.linked', 'lead.converted', 'lead.unlinked',
      'operation.undone')`
}
