import type { Database } from '../../database/client.ts'
import type { Dealer } from '../../domain/dealers/dealer.ts'
import { actorOf } from '../../domain/events/event.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { lockDealer, updateDealer } from '../../repositories/dealers/dealers.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'
import { refuseSettings } from './steps/refuse-settings.ts'

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
    const refusal = change.settings && (await refuseSettings(tx, change.settings, before.settings))
    if (refusal) return refusal
    await recordEvents(tx, actorOf(principal), now, [
      { type: 'dealer.updated', subject: { type: 'dealer', id: dealerId }, data: { fields } }
    ])
    return await updateDealer(tx, dealerId, change, now)
  })
}
