import type { Transaction } from '../../../database/client.ts'
import type { Actor } from '../../../domain/events/event.ts'
import { firstSteps, nextStep } from '../../../domain/sales/reward.ts'
import type {
  Reward,
  RewardEntry,
  RewardHappening,
  RewardState,
  RewardStep
} from '../../../domain/sales/reward.ts'
import { newId } from '../../../ids.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import type { NewEvent } from '../../../repositories/events/record-events.ts'
import { insertRewardEntries } from '../../../repositories/sales/reward-entries.ts'
import { insertRewards, updateRewards } from '../../../repositories/sales/rewards.ts'

interface Happened {
  actor: Actor
  now: Date
}

/** A reward and what became of it. */
interface Advance {
  reward: Reward
  from: RewardState | null
  steps: readonly RewardStep[]
}

/** Writes new rewards, with the first lines of each in the ledger. */
export async function beginRewards(
  tx: Transaction,
  rewards: readonly Reward[],
  happened: Happened
): Promise<void> {
  const advances = rewards.map((reward) => ({ reward, from: null, steps: firstSteps(reward) }))
  await insertRewards(
    tx,
    advances.map(({ reward, steps }) => ({ ...reward, state: steps.at(-1)?.state ?? reward.state }))
  )
  await record(tx, advances, { ...happened, note: null })
}

/**
 * Moves locked rewards on after something happened to all of them, with a line in the ledger for each;
 * those it means nothing for stay as they are. Returns those that were moved.
 */
export async function advanceRewards(
  tx: Transaction,
  rewards: readonly Reward[],
  {
    happening,
    reference = null,
    ...happened
  }: Happened & {
    happening: RewardHappening
    /** How it was paid. */
    reference?: string | null
  }
): Promise<string[]> {
  const advances = rewards.flatMap((reward): Advance[] => {
    const step = nextStep(reward, happening)
    return step ? [{ reward, from: reward.state, steps: [step] }] : []
  })
  const paid = reference === null ? {} : { paymentReference: reference }
  for (const [state, ids] of idsByState(advances)) {
    await updateRewards(tx, ids, { state, ...paid }, happened.now)
  }
  await record(tx, advances, { ...happened, note: reference })
  return advances.map(({ reward }) => reward.id)
}

function idsByState(advances: readonly Advance[]): Map<RewardState, string[]> {
  const byState = new Map<RewardState, string[]>()
  for (const { reward, steps } of advances) {
    for (const { state } of steps) byState.set(state, [...(byState.get(state) ?? []), reward.id])
  }
  return byState
}

async function record(
  tx: Transaction,
  advances: readonly Advance[],
  { actor, now, note }: Happened & { note: string | null }
): Promise<void> {
  const entries = advances.flatMap(({ reward: { id: rewardId, promoterId }, steps }) =>
    steps.map(({ entry }): RewardEntry => ({
      id: newId(),
      rewardId,
      promoterId,
      ...entry,
      note,
      actor,
      createdAt: now
    }))
  )
  await insertRewardEntries(tx, entries)
  await recordEvents(tx, actor, now, advances.map(rewardEvent))
}

function rewardEvent({ reward, from, steps }: Advance): NewEvent {
  const { id, saleId, promoterId, points } = reward
  return {
    type: 'reward.updated',
    subject: { type: 'reward', id },
    data: { saleId, promoterId, points, fromState: from, toState: steps.at(-1)?.state }
  }
}
