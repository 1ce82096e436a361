import type { Transaction } from '../../../database/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { deactivateOthers } from '../../../repositories/sales/reward-programmes.ts'

/** Of two programmes activated at once the second ends the first, instead of failing. */
export const PROGRAMMES_LOCK = 'reward-programmes'

/** Deactivates the current programme before `successorId` becomes active, with an event of its own. */
export async function deactivateCurrentProgramme(
  tx: Transaction,
  successorId: string,
  { actor, now }: { actor: Actor; now: Date }
): Promise<void> {
  const endedId = await deactivateOthers(tx, successorId, now)
  if (endedId === null) return
  await recordEvents(tx, actor, now, [
    {
      type: 'reward_programme.updated',
      subject: { type: 'reward_programme', id: endedId },
      data: { fields: ['active'], active: false, endedBy: successorId }
    }
  ])
}
