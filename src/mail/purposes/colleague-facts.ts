import type { Transaction } from '../../database/client.ts'
import { isMuted } from '../../domain/access/notifications.ts'
import type { DeliveryPurpose, MailDelivery } from '../../domain/deliveries/delivery.ts'
import { isOpenOffer } from '../../domain/qualification/handover.ts'
import { findUser } from '../../repositories/access/users.ts'
import { findActivityById } from '../../repositories/activities/activities.ts'
import { findMailedUser } from '../../repositories/deliveries/recipients.ts'
import { findHandoverById } from '../../repositories/qualification/handovers.ts'
import type { ColleagueMatter } from '../compose/compose-colleague-mail.ts'

/** What a mail between colleagues tells of, or why nobody is to be told any more. */
export async function findColleagueMatter(
  tx: Transaction,
  { purpose, aboutId, target }: MailDelivery,
  now: Date
): Promise<ColleagueMatter | { obstacle: string }> {
  if (aboutId === null) return { obstacle: 'what it was about is gone' }
  const user = await findMailedUser(tx, target.address)
  const unwilling = obstacleToMailing(user, purpose)
  if (unwilling !== null) return { obstacle: unwilling }
  if (purpose === 'feedback_mail') {
    const activity = await findActivityById(tx, aboutId)
    if (!activity) return { obstacle: 'the activity was removed' }
    const by = activity.userId === null ? null : await findUser(tx, activity.userId)
    return { activity, byName: by?.name ?? null }
  }
  const handover = await findHandoverById(tx, aboutId)
  if (!handover) return { obstacle: 'the offer is gone' }
  if (purpose === 'offer_mail' && !isOpenOffer(handover, now)) {
    return { obstacle: 'the offer has ended' }
  }
  return { handover }
}

/** Why a team member is not to be written to, or null: there is no such user, or nothing against it. */
export function obstacleToMailing(
  user: Awaited<ReturnType<typeof findMailedUser>>,
  purpose: DeliveryPurpose
): string | null {
  if (user === null) return null
  if (!user.active) return 'the user is not active'
  return isMuted(user.mutedPurposes, purpose) ? 'the user does not want these mails' : null
}
