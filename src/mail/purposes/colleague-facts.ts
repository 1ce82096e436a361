import type { Transaction } from '../../database/client.ts'
import type { DeliveryObstacle, MailDelivery } from '../../domain/deliveries/delivery.ts'
import { isOpenRequest } from '../../domain/clients/link-request.ts'
import { isOpenOffer } from '../../domain/qualification/handover.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { findUser } from '../../repositories/access/users.ts'
import { findActivityById } from '../../repositories/activities/activities.ts'
import { findLinkRequestById } from '../../repositories/clients/link-requests.ts'
import { findHandoverById } from '../../repositories/qualification/handovers.ts'
import type { ColleagueContext } from '../compose/compose-colleague-mail.ts'

/** The facts of a mail between colleagues, or why it is not to be sent any more. */
export async function findColleagueContext(
  tx: Transaction,
  { purpose, aboutId }: MailDelivery,
  now: Date
): Promise<ColleagueContext | DeliveryObstacle> {
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
