import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type { RewardProgramme } from '../../domain/sales/reward.ts'
import { newId } from '../../ids.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { insertProgramme } from '../../repositories/sales/reward-programmes.ts'
import type { CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import { PROGRAMMES_LOCK, deactivateCurrentProgramme } from './steps/deactivate-programme.ts'

interface CreateRewardProgramme extends CreateCommand<RewardProgramme> {
  programme: Pick<RewardProgramme, 'name' | 'pointsPerSale'> &
    Partial<Pick<RewardProgramme, 'description' | 'eligibleWhen' | 'active'>>
}

export async function createRewardProgramme(
  db: Database,
  command: CreateRewardProgramme
): Promise<Created<RewardProgramme> | Refusal> {
  const { principal, now } = command
  const actor = actorOf(principal)
  return await createOnce(
    db,
    command,
    async (tx) => {
      const programme = {
        id: newId(),
        description: null,
        eligibleWhen: 'fulfilled' as const,
        active: false,
        ...command.programme,
        version: 1,
        createdAt: now,
        updatedAt: now
      }
      const { id, active } = programme
      if (active) await deactivateCurrentProgramme(tx, id, { actor, now })
      await insertProgramme(tx, programme)
      await recordEvents(tx, actor, now, [
        {
          type: 'reward_programme.created',
          subject: { type: 'reward_programme', id },
          data: { active }
        }
      ])
      return programme
    },
    [PROGRAMMES_LOCK]
  )
}
