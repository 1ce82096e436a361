import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { ReferralLink } from '../../domain/promoters/promoter.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import {
  findReferralLink,
  updateReferralLink
} from '../../repositories/promoters/referral-links.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'

interface ChangeReferralLink extends ChangeCommand {
  linkId: string
  change: Partial<Pick<ReferralLink, 'label' | 'targetUrl' | 'active'>>
}

export async function changeReferralLink(
  db: Database,
  command: ChangeReferralLink
): Promise<ReferralLink | Refusal> {
  const { principal, now, linkId, change } = command
  return await write(db, command, async (tx) => {
    const link = await findReferralLink(tx, principal, linkId, 'update')
    const before = expected(command, link, 'referral link')
    if (isRefusal(before)) return before
    await recordEvents(tx, actorOf(principal), now, [
      {
        type: 'referral_link.updated',
        subject: { type: 'referral_link', id: linkId },
        data: { fields: Object.keys(change) }
      }
    ])
    return await updateReferralLink(tx, linkId, change, now)
  })
}
