import type { Transaction } from '../../../database/client.ts'
import { actorOf } from '../../../domain/events/event.ts'
import { notFound } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { setPageHash } from '../../../repositories/promoters/promoter-secrets.ts'
import { findPromoter } from '../../../repositories/promoters/promoters.ts'
import type { Command } from '../../command.ts'

/** Sets or removes the secret of a promoter's page, with an event. */
export async function setPageSecret(
  tx: Transaction,
  { principal, now }: Command,
  { promoterId, hash }: { promoterId: string; hash: string | null }
): Promise<Refusal | null> {
  const promoter = await findPromoter(tx, principal, promoterId, 'update')
  if (!promoter) return notFound('promoter')
  await setPageHash(tx, promoterId, hash)
  await recordEvents(tx, actorOf(principal), now, [
    {
      type: 'promoter.updated',
      subject: { type: 'promoter', id: promoterId },
      data: { fields: ['page'] }
    }
  ])
  return null
}
