import type { Database } from '../../database/client.ts'
import type { Account } from '../../domain/clients/account.ts'
import { actorOf } from '../../domain/events/event.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { lockAccount, updateAccount } from '../../repositories/clients/accounts.ts'
import type { NewAccount } from '../../repositories/clients/accounts.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'
import { refuseHandover, refuseResponsible } from './steps/responsible-user.ts'

interface ChangeAccount extends ChangeCommand {
  accountId: string
  /** The change of the account as it is before. */
  change: (before: Account) => Partial<Pick<NewAccount, 'name' | 'content' | 'responsibleUserId'>>
  /** Names of the changed members, for the event. */
  fields: readonly string[]
}

/** Changes an account. Its new name may be the name of another account. */
export async function changeAccount(
  db: Database,
  command: ChangeAccount
): Promise<Account | Refusal> {
  const { principal, now, accountId, fields } = command
  return await write(db, command, async (tx) => {
    const before = expected(command, await lockAccount(tx, principal, accountId), 'account')
    if (isRefusal(before)) return before
    const change = command.change(before)
    const had = before.responsibleUser?.id ?? null
    const refusal =
      refuseHandover(principal, change.responsibleUserId, [had]) ??
      (await refuseResponsible(tx, change.responsibleUserId))
    if (refusal) return refusal
    const account = await updateAccount(tx, accountId, change, now)
    await recordEvents(tx, actorOf(principal), now, [
      { type: 'account.updated', subject: { type: 'account', id: accountId }, data: { fields } }
    ])
    return account
  })
}
