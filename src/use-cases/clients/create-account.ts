import type { Database, Transaction } from '../../database/client.ts'
import { accountLock, accountNameKey } from '../../domain/clients/account.ts'
import type { Account, AccountContent } from '../../domain/clients/account.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { newId } from '../../ids.ts'
import { findAccountsByNameKey, insertAccount } from '../../repositories/clients/accounts.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import type { CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import { chooseResponsible, refuseResponsible } from './steps/responsible-user.ts'

interface CreateAccount extends CreateCommand<Account> {
  name: string
  content: AccountContent
  /** Undefined: the default of `chooseResponsible`. */
  responsibleUserId: string | null | undefined
  allowDuplicate: boolean
}

/** Creates an account. An account of the same name refuses it, unless a duplicate is allowed. */
export async function createAccount(
  db: Database,
  command: CreateAccount
): Promise<Created<Account> | Refusal> {
  const { principal, now, name, content, allowDuplicate } = command
  const nameKey = accountNameKey(name)
  const work = async (tx: Transaction): Promise<Account | Refusal> => {
    const responsibleUserId = chooseResponsible(principal, command.responsibleUserId)
    const refusal = await refuseResponsible(tx, responsibleUserId)
    if (refusal) return refusal
    const same = allowDuplicate ? null : await findAccountsByNameKey(tx, principal, nameKey)
    if (same) return { refusal: 'account-exists', matches: same.shown }

    const origin = { responsibleUserId, createdFromLeadId: null }
    const account = await insertAccount(tx, { id: newId(), name, content, ...origin }, now)
    await recordEvents(tx, actorOf(principal), now, [
      { type: 'account.created', subject: { type: 'account', id: account.id }, data: origin }
    ])
    return account
  }
  return await createOnce(db, command, work, [accountLock(nameKey)])
}
