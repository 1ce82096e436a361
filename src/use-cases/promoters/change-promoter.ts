import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import { givenName } from '../../domain/promoters/invitation.ts'
import { changeState } from '../../domain/promoters/promoter.ts'
import type { Promoter } from '../../domain/promoters/promoter.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import {
  findPromoter,
  updatePromoter,
  wasApproved
} from '../../repositories/promoters/promoters.ts'
import { setInvitation } from '../../repositories/promoters/promoter-secrets.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { tellOfPromoterResponse } from '../notifications/steps/tell-of-promoters.ts'
import { write } from '../write.ts'
import { enqueueRefusal, enqueueWelcome } from './steps/enqueue-promoter-mail.ts'

interface ChangePromoter extends ChangeCommand {
  mailDomain: string
  promoterId: string
  change: PromoterChange
}

type PromoterChange = Partial<Pick<Promoter, 'name' | 'email' | 'phone' | 'locale'>> & {
  state?: 'active' | 'removed'
}

/** Changes a promoter. The first approval enqueues a welcome mail, a refusal says so; a new e-mail address ends an invitation. */
export async function changePromoter(
  db: Database,
  command: ChangePromoter
): Promise<Promoter | Refusal> {
  const { principal, now, mailDomain, promoterId, change } = command
  const { state, ...details } = change
  const actor = actorOf(principal)
  return await write(db, command, async (tx) => {
    const before = expected(
      command,
      await findPromoter(tx, principal, promoterId, 'update'),
      'promoter'
    )
    if (isRefusal(before)) return before
    await recordEvents(tx, actor, now, [
      {
        type: 'promoter.updated',
        subject: { type: 'promoter', id: promoterId },
        data: { fields: Object.keys(change), ...(state === undefined ? {} : { state }) }
      }
    ])
    const changes = {
      ...details,
      ...provisionalNameOf(before, details),
      ...(state === undefined ? {} : changeState(before, state, now))
    }
    const isNew = !(await wasApproved(tx, promoterId))
    const promoter = await updatePromoter(tx, promoterId, changes, now)
    const { email } = promoter
    if (email !== before.email) await setInvitation(tx, promoterId, null)
    const context = { actor, mailDomain, now }
    const isApproved = isNew && promoter.state === 'active'
    const isRefused = before.state === 'pending' && promoter.state === 'removed'
    if (isApproved || isRefused) {
      await tellOfPromoterResponse(tx, promoter, context)
      if (email !== null) {
        const enqueue = isApproved ? enqueueWelcome : enqueueRefusal
        await enqueue(tx, { ...promoter, email }, context)
      }
    }
    return promoter
  })
}

/** A promoter without a name has the e-mail address as name, and a new address replaces it. */
function provisionalNameOf(before: Promoter, { name, email }: PromoterChange): { name?: string } {
  const isNameless = givenName(before) === null && name === undefined
  return isNameless && typeof email === 'string' ? { name: email } : {}
}
