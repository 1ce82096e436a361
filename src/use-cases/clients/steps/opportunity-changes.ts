import type { Transaction } from '../../../database/client.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import type { Opportunity } from '../../../domain/clients/opportunity.ts'
import { actorOf } from '../../../domain/events/event.ts'
import { notFound } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { holdAccount } from '../../../repositories/clients/accounts.ts'
import type { NewOpportunity } from '../../../repositories/clients/opportunities.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import type { Command } from '../../command.ts'
import { refuseResponsible } from './responsible-user.ts'

/** The members of an opportunity that a request can set. */
export type OpportunityChange = Partial<
  Pick<
    NewOpportunity,
    | 'name'
    | 'accountId'
    | 'stage'
    | 'closeReason'
    | 'amount'
    | 'expectedClose'
    | 'products'
    | 'description'
    | 'responsibleUserId'
  >
>

/** Refuses an account that the caller does not see, and an inactive user. */
export async function refuseReferences(
  tx: Transaction,
  principal: TenantPrincipal,
  { accountId, responsibleUserId }: Pick<OpportunityChange, 'accountId' | 'responsibleUserId'>
): Promise<Refusal | null> {
  if (typeof accountId === 'string' && !(await holdAccount(tx, principal, accountId))) {
    return notFound('account')
  }
  return await refuseResponsible(tx, responsibleUserId)
}

export async function recordOpportunity(
  tx: Transaction,
  type: 'opportunity.created' | 'opportunity.updated',
  { id, clientId, leadId, accountId, stage, responsibleUser }: Opportunity,
  { principal, now }: Command,
  fields?: readonly string[]
): Promise<void> {
  const data = { stage, accountId, responsibleUserId: responsibleUser?.id ?? null }
  await recordEvents(tx, actorOf(principal), now, [
    {
      type,
      subject: { type: 'opportunity', id },
      leadId,
      clientId,
      data: fields ? { fields, ...data } : data
    }
  ])
}
