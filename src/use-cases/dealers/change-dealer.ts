import type { Database } from '../../database/client.ts'
import type { Dealer } from '../../domain/dealers/dealer.ts'
import { warnsInTime } from '../../domain/dealers/response-limit.ts'
import { actorOf } from '../../domain/events/event.ts'
import { invalid, isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { findUser } from '../../repositories/access/users.ts'
import { lockDealer, updateDealer } from '../../repositories/dealers/dealers.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'

interface ChangeDealer extends ChangeCommand {
  /** The new values; settings and address are merged with those before. */
  change: (before: Dealer) => Partial<Omit<Dealer, 'id' | 'version' | 'createdAt' | 'updatedAt'>>
  /** The names of the changed fields, for history. */
  fields: readonly string[]
}

export async function changeDealer(db: Database, command: ChangeDealer): Promise<Dealer | Refusal> {
  const { principal, now, fields } = command
  const { dealerId } = principal
  return await write(db, command, async (tx) => {
    const before = expected(command, await lockDealer(tx, dealerId), 'dealer')
    if (isRefusal(before)) return before
    const change = command.change(before)
    if (change.settings && !warnsInTime(change.settings)) {
      return invalid('/settings/responseWarningMinutes', 'warning-after-limit')
    }
    const userId = change.settings?.fallbackAssigneeId ?? null
    const isNewUser = userId !== null && userId !== before.settings.fallbackAssigneeId
    if (isNewUser && !(await findUser(tx, userId))) {
      return invalid('/settings/fallbackAssigneeId', 'unknown-user')
    }
    await recordEvents(tx, actorOf(principal), now, [
      { type: 'dealer.updated', subject: { type: 'dealer', id: dealerId }, data: { fields } }
    ])
    return await updateDealer(tx, dealerId, change, now)
  })
}
