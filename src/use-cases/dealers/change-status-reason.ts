import type { Database } from '../../database/client.ts'
import type { StatusReason } from '../../domain/dealers/status-reason.ts'
import { actorOf } from '../../domain/events/event.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { findStatusReason, updateStatusReason } from '../../repositories/dealers/status-reasons.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'

interface ChangeStatusReason extends ChangeCommand {
  reasonId: string
  change: Partial<Pick<StatusReason, 'name' | 'position' | 'active'>>
}

export async function changeStatusReason(
  db: Database,
  command: ChangeStatusReason
): Promise<StatusReason | Refusal> {
  const { principal, now, reasonId, change } = command
  return await write(db, command, async (tx) => {
    const before = expected(
      command,
      await findStatusReason(tx, reasonId, 'no key update'),
      'reason'
    )
    if (isRefusal(before)) return before
    await recordEvents(tx, actorOf(principal), now, [
      {
        type: 'status_reason.updated',
        subject: { type: 'status_reason', id: reasonId },
        data: { fields: Object.keys(change) }
      }
    ])
    return await updateStatusReason(tx, reasonId, change, now)
  })
}
