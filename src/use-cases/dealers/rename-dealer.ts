import type { Database } from '../../database/client.ts'
import type { OperatorPrincipal } from '../../domain/access/permissions.ts'
import type { Dealer } from '../../domain/dealers/dealer.ts'
import { actorOf } from '../../domain/events/event.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { lockDealer, updateDealer } from '../../repositories/dealers/dealers.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'

interface RenameDealer extends Omit<ChangeCommand, 'principal'> {
  principal: OperatorPrincipal
  dealerId: string
  change: { name?: string }
}

/** Renames any dealer; in the dealer's own transaction, because its history tells of it. */
export async function renameDealer(db: Database, command: RenameDealer): Promise<Dealer | Refusal> {
  const { principal, now, dealerId, change } = command
  return await write(db, { principal: { dealerId } }, async (tx) => {
    const before = expected(command, await lockDealer(tx, dealerId), 'dealer')
    if (isRefusal(before)) return before
    await recordEvents(tx, actorOf(principal), now, [
      {
        type: 'dealer.updated',
        subject: { type: 'dealer', id: dealerId },
        data: { fields: Object.keys(change) }
      }
    ])
    return await updateDealer(tx, dealerId, change, now)
  })
}
