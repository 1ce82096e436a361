import type { Transaction } from '../../database/client.ts'
import type { DeliveryObstacle, MailDelivery } from '../../domain/deliveries/delivery.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { findMailedUser } from '../../repositories/deliveries/recipients.ts'
import { findDigested } from '../../repositories/notifications/digests.ts'
import { composeDigestMail } from '../compose/compose-digest-mail.ts'
import { leadUrl } from './lead-url.ts'
import type { PreparedMail } from './prepared-mail.ts'
import { localeOfReader, obstacleToMailing } from './staff-reader.ts'

/** How many notifications a digest tells one by one; `GET /v1/notifications` has all. */
const MAX_ITEMS = 100

/** The daily digest of a user, or why it is not sent. */
export async function prepareDigest(
  tx: Transaction,
  delivery: MailDelivery
): Promise<PreparedMail | DeliveryObstacle> {
  const { aboutId, target } = delivery
  const [dealer, user] = [await findDealer(tx), await findMailedUser(tx, target.address)]
  const unwilling = await obstacleToMailing(tx, user, delivery)
  if (unwilling !== null) return { obstacle: unwilling }
  const digested = aboutId === null ? null : await findDigested(tx, aboutId, MAX_ITEMS)
  if (!dealer || !user || !digested || digested.total === 0) {
    return { obstacle: because('digest_empty') }
  }
  const reader = { kind: 'user', id: user.id } as const
  return {
    write: (writing) =>
      composeDigestMail({
        locale: localeOfReader(user, dealer),
        dealer,
        total: digested.total,
        items: digested.shown.map(({ kind, createdAt, leadId, ...names }) => ({
          kind,
          at: createdAt,
          name: names.leadName ?? names.clientName ?? names.sourceName ?? names.userName,
          url: leadId === null ? null : leadUrl({ dealer, id: leadId, reader }, writing)
        }))
      })
  }
}
