import type { Transaction } from '../../database/client.ts'
import { isMuted } from '../../domain/access/notifications.ts'
import type {
  DeliveryObstacle,
  DeliveryPurpose,
  MailDelivery
} from '../../domain/deliveries/delivery.ts'
import { isOpenRequest } from '../../domain/clients/link-request.ts'
import { isOpenOffer } from '../../domain/qualification/handover.ts'
import type { CancellationCode } from '../../domain/reasons/delivery-reasons.ts'
import { because } from '../../domain/reasons/reasons.ts'
import type { Reason } from '../../domain/reasons/reasons.ts'
import { findUser } from '../../repositories/access/users.ts'
import { findActivityById } from '../../repositories/activities/activities.ts'
import { findLinkRequestById } from '../../repositories/clients/link-requests.ts'
import { findMailedUser } from '../../repositories/deliveries/recipients.ts'
import type { MailedUser } from '../../repositories/deliveries/recipients.ts'
import { findHandoverById } from '../../repositories/qualification/handovers.ts'
import type { ColleagueContext } from '../compose/compose-colleague-mail.ts'

/** The facts of a mail between colleagues, or why it is not to be sent any more. */
export async function findColleagueContext(
  tx: Transaction,
  { purpose, aboutId, target }: MailDelivery,
  now: Date
): Promise<ColleagueContext | DeliveryObstacle> {
  const user = await findMailedUser(tx, target.address)
  const unwilling = obstacleToMailing(user, purpose)
  if (unwilling !== null) return { obstacle: unwilling }
  if (purpose === 'feedback_mail') {
    const activity = aboutId === null ? null : await findActivityById(tx, aboutId)
    if (!activity) return { obstacle: because('activity_removed') }
    const by = activity.userId === null ? null : await findUser(tx, activity.userId)
    return { activity, byName: by?.name ?? null }
  }
  if (purpose === 'link_request_mail' || purpose === 'link_response_mail') {
    return await findLinkContext(tx, { purpose, aboutId }, now)
  }
  const handover = aboutId === null ? null : await findHandoverById(tx, aboutId)
  if (!handover) return { obstacle: because('offer_removed') }
  if (purpose === 'offer_mail' && !isOpenOffer(handover, now)) {
    return { obstacle: because('offer_ended') }
  }
  return { handover }
}

async function findLinkContext(
  tx: Transaction,
  {
    purpose,
    aboutId
  }: { purpose: 'link_request_mail' | 'link_response_mail'; aboutId: string | null },
  now: Date
): Promise<ColleagueContext | DeliveryObstacle> {
  const linkRequest = aboutId === null ? null : await findLinkRequestById(tx, aboutId)
  if (!linkRequest) return { obstacle: because('link_request_removed') }
  if (purpose === 'link_request_mail' && !isOpenRequest(linkRequest, now)) {
    return { obstacle: because('link_request_ended') }
  }
  return { linkRequest }
}

/** Why a team member is not to be written to, or null: there is no such user, or nothing against it. */
export function obstacleToMailing(
  user: MailedUser | null,
  purpose: DeliveryPurpose
): Reason<CancellationCode> | null {
  if (user === null) return null
  if (!user.active) return because('user_inactive')
  return isMuted(user.mutedPurposes, purpose) ? because('user_muted_mails') : null
}
