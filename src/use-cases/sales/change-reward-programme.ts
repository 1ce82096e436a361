import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type { RewardProgramme } from '../../domain/sales/reward.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { findProgramme, updateProgramme } from '../../repositories/sales/reward-programmes.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'
import { PROGRAMMES_LOCK, deactivateCurrentProgramme } from './steps/deactivate-programme.ts'

interface ChangeRewardProgramme extends ChangeCommand {
  programmeId: string
  change: Partial<
    Pick<RewardProgramme, 'name' | 'description' | 'pointsPerSale' | 'eligibleWhen' | 'active'>
  >
}

/** Changes a programme. Activating it deactivates the current one in the same transaction. */
export async function changeRewardProgramme(
  db: Database,
  command: ChangeRewardProgramme
): Promise<RewardProgramme | Refusal> {
  const { principal, now, programmeId, change } = command
  const actor = actorOf(principal)
  return await write(
    db,
    command,
    async (tx) => {
      const before = expected(
        command,
        await findProgramme(tx, programmeId, 'update'),
        'reward programme'
      )
      if (isRefusal(before)) return before
      const { active } = change
      if (active === true) await deactivateCurrentProgramme(tx, programmeId, { actor, now })
      await recordEvents(tx, actor, now, [
        {
          type: 'reward_programme.updated',
          subject: { type: 'reward_programme', id: programmeId },
          data: { fields: Object.keys(change), ...(active === undefined ? {} : { active }) }
        }
      ])
      return await updateProgramme(tx, programmeId, change, now)
    },
    [PROGRAMMES_LOCK]
  )
}
