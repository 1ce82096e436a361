import type { Database, Transaction } from '../../database/client.ts'
import type { Actor } from '../../domain/events/event.ts'
import { GROUPS } from '../../domain/leads/status-groups.ts'
import { mayRegroupWithLeads } from '../../domain/leads/status.ts'
import type { StatusGroup } from '../../domain/leads/status-groups.ts'
import type { Status } from '../../domain/leads/status.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { countLeadsWithStatus } from '../../repositories/leads/leads.ts'
import {
  hasOtherStatusInGroup,
  lockStatus,
  updateStatus
} from '../../repositories/dealers/statuses.ts'

/** What two changes of statuses at once must not both rely on: that another of the group remains. */
export const STATUSES_LOCK = 'statuses'

export interface StatusUpdate {
  dealerId: string
  actor: Actor
  statusId: string
  change: Partial<Pick<Status, 'name' | 'group' | 'color' | 'position'>>
  /** Throws where the change is based on another version. */
  checkVersion: (version: number) => void
  now: Date
}

/**
 * Renames, recolours, moves or regroups a status. The last one of a group that the system itself uses
 * stays in it; one that leads have can't enter a group that asks something of each lead.
 */
export async function changeStatus(
  db: Database,
  update: StatusUpdate
): Promise<{ status: Status } | { refusal: 'last-of-group' } | { leadCount: number } | null> {
  const { dealerId, actor, statusId, change, now } = update
  return await db.transaction(
    dealerId,
    async (tx) => {
      const before = await lockStatus(tx, statusId)
      if (!before) return null
      update.checkVersion(before.version)
      const to = change.group ?? before.group
      if (to !== before.group) {
        if (await isLastOfSystemGroup(tx, before)) return { refusal: 'last-of-group' }
        const leadCount = await countLeadsInTheWay(tx, before, to)
        if (leadCount > 0) return { leadCount }
      }
      await recordEvents(tx, actor, now, [
        {
          type: 'status.updated',
          subject: { type: 'status', id: statusId },
          data: {
            fields: Object.keys(change),
            ...(to === before.group ? {} : { fromGroup: before.group, toGroup: to })
          }
        }
      ])
      return { status: await updateStatus(tx, statusId, change, now) }
    },
    [STATUSES_LOCK]
  )
}

/** Whether the system would be left without a status to move leads into. */
export async function isLastOfSystemGroup(tx: Transaction, status: Status): Promise<boolean> {
  return GROUPS[status.group].isSystem && !(await hasOtherStatusInGroup(tx, status))
}

async function countLeadsInTheWay(
  tx: Transaction,
  status: Status,
  to: StatusGroup
): Promise<number> {
  return mayRegroupWithLeads(status.group, to) ? 0 : await countLeadsWithStatus(tx, status.id)
}
