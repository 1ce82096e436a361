import type { Transaction } from '../../database/client.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { accountNameKey } from '../../domain/clients/account.ts'
import type { Account, AccountContent } from '../../domain/clients/account.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { Reference } from '../../domain/leads/lead.ts'
import { newId } from '../../ids.ts'
import { findAccountsByNameKey, insertAccount } from '../../repositories/clients/accounts.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { defaultResponsible, isActiveUser } from './create-client.ts'

/** An account about to be made. The lock of its name (`accountLock`) must be held. */
export interface NewAccountByHand {
  principal: TenantPrincipal
  actor: Actor
  name: string
  content: AccountContent
  /** Undefined: the member who makes it, else nobody. */
  responsibleUserId: string | null | undefined
  allowDuplicate: boolean
  now: Date
}

export type AccountRefusal =
  { refusal: 'unknown-user' } | { refusal: 'account-exists'; matches: Reference[] }

/** Makes an account; refused where there is one of this name, unless a duplicate is wanted. */
export async function createAccount(
  tx: Transaction,
  call: NewAccountByHand
): Promise<Account | AccountRefusal> {
  const { principal, name, content, now } = call
  const responsibleUserId = call.responsibleUserId ?? defaultResponsible(call)
  if (responsibleUserId !== null && !(await isActiveUser(tx, responsibleUserId))) {
    return { refusal: 'unknown-user' }
  }
  const same = call.allowDuplicate
    ? null
    : await findAccountsByNameKey(tx, principal, accountNameKey(name))
  if (same) return { refusal: 'account-exists', matches: same.shown }

  const origin = { responsibleUserId, createdFromLeadId: null }
  const account = await insertAccount(tx, { id: newId(), name, content, ...origin }, now)
  await recordEvents(tx, call.actor, now, [
    { type: 'account.created', subject: { type: 'account', id: account.id }, data: origin }
  ])
  return account
}
