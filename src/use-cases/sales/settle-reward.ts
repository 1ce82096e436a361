import type { Transaction } from '../../database/client.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { Reward } from '../../domain/sales/reward.ts'
import { findReward } from '../../repositories/sales/rewards.ts'
import { advanceRewards } from './advance-rewards.ts'

/**
 * Approves a locked reward, or records that it was paid; null where its state does not allow that. Its
 * sale need not be locked: whoever takes that back comes to the reward last, and sees what was decided.
 */
export async function settleReward(
  tx: Transaction,
  reward: Reward,
  call: {
    principal: TenantPrincipal
    actor: Actor
    now: Date
  } & ({ happening: 'approved' } | { happening: 'paid'; reference: string })
): Promise<Reward | null> {
  const advanced = await advanceRewards(tx, [reward], call)
  if (advanced.length === 0) return null
  return await findReward(tx, call.principal, reward.id)
}
