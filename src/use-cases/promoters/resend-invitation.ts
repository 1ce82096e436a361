import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Promoter } from '../../domain/promoters/promoter.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { findPromoter } from '../../repositories/promoters/promoters.ts'
import type { Command } from '../command.ts'
import { write } from '../write.ts'
import { enqueueInvitation } from './steps/enqueue-promoter-mail.ts'

interface ResendInvitation extends Command {
  mailDomain: string
  promoterId: string
}

/** Enqueues a new invitation to an invited promoter. The invitation before it ends. */
export async function resendInvitation(
  db: Database,
  command: ResendInvitation
): Promise<Promoter | Refusal> {
  const { principal, now, mailDomain, promoterId } = command
  return await write(db, command, async (tx) => {
    const promoter = await findPromoter(tx, principal, promoterId, 'update')
    if (!promoter) return notFound('promoter')
    const { email, state } = promoter
    if (state !== 'invited') return { refusal: 'promoter-state', state }
    if (email === null) return { refusal: 'promoter-without-email' }
    const context = { actor: actorOf(principal), mailDomain, now }
    await enqueueInvitation(tx, { ...promoter, email }, context)
    return promoter
  })
}
