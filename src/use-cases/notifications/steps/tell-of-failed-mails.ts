import type { Transaction } from '../../../database/client.ts'
import { localTimeOf } from '../../../domain/clock/time-zone.ts'
import type { Delivery, PlannedDelivery } from '../../../domain/deliveries/delivery.ts'
import { isToldWhenFailed } from '../../../domain/notifications/failed-mail.ts'
import { planNotification } from '../../../domain/notifications/notification.ts'
import type { Recipient } from '../../../domain/notifications/notification.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { createDeliveries } from '../../../repositories/deliveries/deliveries.ts'
import { tellsOfOthers } from '../../../repositories/notifications/digests.ts'
import { findManagers } from '../../../repositories/notifications/recipients.ts'
import { hashSecret } from '../../../security/credentials.ts'

/**
 * Tells owners and admins of mails to users and to the dealer that failed for good: of each address once a
 * day, so that an outage is not told a thousand times.
 */
export async function tellOfFailedMails(
  tx: Transaction,
  failed: readonly Delivery[],
  now: Date
): Promise<void> {
  const byAddress = new Map<string, Delivery>()
  for (const delivery of failed) {
    const address = delivery.target.address.toLowerCase()
    if (byAddress.has(address) || !isToldWhenFailed(delivery)) continue
    if (await isOnlyOfFailures(tx, delivery)) continue
    byAddress.set(address, delivery)
  }
  const [first] = byAddress.values()
  const dealer = first === undefined ? null : await findDealer(tx)
  if (first === undefined || !dealer) return
  const day = localTimeOf(now, dealer.timeZone).date
  const managers = await findManagers(tx)
  const deliveries = [...byAddress].flatMap(([address, { id }]) => {
    const told = { aboutId: id, key: `${hashSecret(address)} ${day}` }
    return planFor(managers, address, told)
  })
  // The failed mail was sent from the same installation.
  const mailDomain = first.messageId.slice(first.messageId.lastIndexOf('@') + 1, -1)
  await createDeliveries(tx, { leadId: null, deliveries, mailDomain, now })
}

/** A digest that tells of failed mails only: to tell that it failed, too, would go on every day. */
async function isOnlyOfFailures(tx: Transaction, { purpose, aboutId }: Delivery): Promise<boolean> {
  if (purpose !== 'digest_mail' || aboutId === null) return false
  return !(await tellsOfOthers(tx, aboutId, 'failedMail'))
}

/** A manager whose own mails fail gets no mail about that, and finds it in the list. */
function planFor(
  managers: readonly Recipient[],
  address: string,
  told: { aboutId: string; key: string }
): PlannedDelivery[] {
  const isTheirs = ({ email }: Recipient) => email.toLowerCase() === address
  const own = planNotification('failedMail', managers.filter(isTheirs), told)
  return [
    ...planNotification(
      'failedMail',
      managers.filter((manager) => !isTheirs(manager)),
      told
    ),
    ...own.map((delivery) => ({ ...delivery, mode: 'off' as const }))
  ]
}
