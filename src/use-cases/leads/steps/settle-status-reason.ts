import type { Transaction } from '../../../database/client.ts'
import { isReasoned } from '../../../domain/dealers/status-reason.ts'
import type { StatusGroup } from '../../../domain/leads/status-groups.ts'
import { invalid } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { findReasonByWord, findStatusReason } from '../../../repositories/dealers/status-reasons.ts'

/** For the obstacles to a move that no reason changes: the reason is settled afterwards. */
export const ANY_REASON = ''

/** The reason that a request gives for a move: one of the list by its id, or a text. */
export interface GivenReason {
  reasonId: string | null
  reason: string | null
}

/** The reason of a move: `text` for the history, `id` where it is one of the list. */
export interface MoveReason {
  id: string | null
  text: string | null
}

/**
 * The reason of a move to a group. A text that is the key or name of a reason of the list means that
 * one. What a move to `lost` or `deleted` must say is a setting of the dealer.
 */
export async function settleStatusReason(
  tx: Transaction,
  group: StatusGroup,
  { reasonId, reason }: GivenReason,
  pointer = '/reason'
): Promise<MoveReason | Refusal> {
  if (!isReasoned(group)) {
    return reasonId === null ? { id: null, text: reason } : invalid('/reasonId', 'unknown-reason')
  }
  if (reasonId !== null) {
    if (reason !== null) return invalid(pointer, 'reason-and-id')
    const named = await findStatusReason(tx, reasonId)
    if (named?.active !== true || named.group !== group) {
      return invalid('/reasonId', 'unknown-reason')
    }
    return { id: named.id, text: named.name }
  }
  const meant = reason === null ? null : await findReasonByWord(tx, group, reason)
  if (meant) return { id: meant.id, text: meant.name }
  const rule = (await findDealer(tx))?.settings.statusReasons
  if (rule === 'optional') return { id: null, text: reason }
  if (reason === null) return { refusal: 'reason-required', pointer }
  return rule === 'listed' ? invalid(pointer, 'unlisted-reason') : { id: null, text: reason }
}
