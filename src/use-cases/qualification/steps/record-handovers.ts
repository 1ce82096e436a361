import type { Transaction } from '../../../database/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import type { Handover, HandoverState } from '../../../domain/qualification/handover.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'

/** Records one event for each handover, with its parties and `data`. */
export async function recordHandovers(
  tx: Transaction,
  handovers: readonly Handover[],
  {
    state,
    clientId = null,
    data = {},
    actor,
    now
  }: {
    state: HandoverState
    clientId?: string | null
    data?: Record<string, unknown>
    actor: Actor
    now: Date
  }
): Promise<void> {
  await recordEvents(
    tx,
    actor,
    now,
    handovers.map(({ id, leadId, fromUserId, toUserId, toTeam }) => ({
      type: `handover.${state}` as const,
      subject: { type: 'handover', id },
      leadId,
      clientId,
      data: { fromUserId, toUserId, toTeam, ...data }
    }))
  )
}
