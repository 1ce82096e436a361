import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import { provisionalName } from '../../domain/promoters/invitation.ts'
import type { Promoter } from '../../domain/promoters/promoter.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type { CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import { addPromoter } from './steps/add-promoter.ts'
import { enqueueInvitation } from './steps/enqueue-promoter-mail.ts'

interface InvitePromoter extends CreateCommand<Promoter> {
  mailDomain: string
  email: string
  invitation: Partial<
    Pick<Promoter, 'locale' | 'userId'> & { name: string | null; message: string | null }
  >
}

/** Adds an invited promoter and enqueues the mail with the invitation. */
export async function invitePromoter(
  db: Database,
  command: InvitePromoter
): Promise<Created<Promoter> | Refusal> {
  const { principal, now, mailDomain, email } = command
  const { name = null, locale = null, message = null, userId } = command.invitation
  return await createOnce(db, command, async (tx) => {
    const promoter = await addPromoter(tx, command, {
      name: provisionalName({ name, email }),
      email,
      phone: null,
      locale,
      state: 'invited',
      invitationMessage: message,
      ...(userId === undefined ? {} : { userId })
    })
    if (isRefusal(promoter)) return promoter
    const context = { actor: actorOf(principal), mailDomain, now }
    await enqueueInvitation(tx, { ...promoter, email }, context)
    return promoter
  })
}
