import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import { isRefusal, notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type { Reward } from '../../domain/sales/reward.ts'
import { findReward } from '../../repositories/sales/rewards.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'
import { advanceRewards } from './steps/advance-rewards.ts'

type SettleReward = ChangeCommand & { rewardId: string } & (
    { happening: 'approved' } | { happening: 'paid'; reference: string }
  )

/**
 * Approves a reward, or records its payment. The sale is not locked: a write that undoes the sale
 * locks the reward last, and then sees this decision.
 */
export async function settleReward(db: Database, command: SettleReward): Promise<Reward | Refusal> {
  const { principal, now, rewardId } = command
  return await write(db, command, async (tx) => {
    const reward = expected(command, await findReward(tx, principal, rewardId, 'update'), 'reward')
    if (isRefusal(reward)) return reward
    const settled = { ...command, actor: actorOf(principal), now }
    const advanced = await advanceRewards(tx, [reward], settled)
    if (advanced.length === 0) return { refusal: 'reward-state', state: reward.state }
    return (await findReward(tx, principal, rewardId)) ?? notFound('reward')
  })
}
