import { and, eq, sql } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import {
  activities,
  clients,
  leads,
  promoters,
  queues,
  referralLinks,
  sources,
  statusReasons,
  statuses,
  users
} from '../../database/schema.ts'
import { AWAITED_GROUPS } from '../../domain/leads/status-groups.ts'
import { isNamedBy } from '../filters.ts'

/** Leads with the names of what they belong to. */
export function selectLeads(tx: Transaction) {
  const nextAction = selectNextAction(tx)
  return (
    tx.orm
      .select({
        id: leads.id,
        content: leads.content,
        source: { id: sources.id, key: sources.key, name: sources.name },
        status: { id: statuses.id, name: statuses.name, group: statuses.group },
        statusReason: { id: statusReasons.id, key: statusReasons.key, name: statusReasons.name },
        statusReasonText: leads.statusReasonText,
        assignee: { id: users.id, name: users.name },
        queue: { id: queues.id, name: queues.name },
        promoter: { id: promoters.id, name: promoters.name },
        referralLink: { id: referralLinks.id, code: referralLinks.code },
        client: { id: clients.id, name: clients.displayName },
        duplicateOf: leads.duplicateOfId,
        quarantineReason: leads.quarantineReason,
        temperature: leads.temperature,
        temperatureBy: leads.temperatureBy,
        score: leads.score,
        nextAction: {
          id: nextAction.id,
          type: nextAction.type,
          dueAt: nextAction.dueAt,
          userId: nextAction.userId
        },
        // A change by the score is listed too, but an undo would not lose it.
        version: sql<number>`${leads.version} + ${leads.scoreVersion}`,
        receivedAt: leads.receivedAt,
        statusSince: leads.statusChangedAt,
        lastTouchAt: leads.lastTouchAt,
        updatedAt: leads.updatedAt
      })
      .from(leads)
      .innerJoin(sources, isNamedBy(sources, leads, leads.sourceId))
      .innerJoin(statuses, isNamedBy(statuses, leads, leads.statusId))
      .leftJoin(statusReasons, isNamedBy(statusReasons, leads, leads.statusReasonId))
      .leftJoin(users, isNamedBy(users, leads, leads.assigneeId))
      // A lead that is closed or converted waits in no queue.
      .leftJoin(
        queues,
        and(isNamedBy(queues, leads, leads.queueId), inArray(statuses.group, [...AWAITED_GROUPS]))
      )
      .leftJoin(promoters, isNamedBy(promoters, leads, leads.promoterId))
      .leftJoin(referralLinks, isNamedBy(referralLinks, leads, leads.referralLinkId))
      .leftJoin(clients, isNamedBy(clients, leads, leads.clientId))
      .leftJoinLateral(nextAction, sql`true`)
      .$dynamic()
  )
}

/** The next planned activity of a lead: one look into an index for each lead of a page. */
function selectNextAction(tx: Transaction) {
  return (
    tx.orm
      .select({
        id: activities.id,
        type: activities.type,
        dueAt: activities.dueAt,
        userId: activities.userId
      })
      .from(activities)
      .where(
        and(
          eq(activities.dealerId, leads.dealerId),
          eq(activities.leadId, leads.id),
          eq(activities.state, 'planned')
        )
      )
      // Ascending has those without a time last, as the index has.
      .orderBy(activities.dueAt, activities.id)
      .limit(1)
      .as('next_action')
  )
}
