import { deriveSecret, issueSecret } from '../../security/credentials.ts'
import type { Transaction } from '../../database/client.ts'
import type { Dealer } from '../../domain/dealers/dealer.ts'
import { PROMOTER_MAIL_PURPOSES } from '../../domain/deliveries/delivery.ts'
import type {
  DeliveryObstacle,
  DeliveryPurpose,
  MailDelivery,
  PromoterMailPurpose
} from '../../domain/deliveries/delivery.ts'
import { invitationEnd, invitationUrl, promoterPageUrl } from '../../domain/promoters/invitation.ts'
import type { CancellationCode } from '../../domain/reasons/delivery-reasons.ts'
import { because } from '../../domain/reasons/reasons.ts'
import type { Reason } from '../../domain/reasons/reasons.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { findPromoterToMail, hasNewerMail } from '../../repositories/promoters/promoter-mails.ts'
import type { MailedPromoter } from '../../repositories/promoters/promoter-mails.ts'
import { setInvitation, setPageHash } from '../../repositories/promoters/promoter-secrets.ts'
import { composePromoterMail } from '../compose/compose-promoter-mail.ts'
import { isMailAddress } from '../mail-address.ts'
import type { Mailbox } from '../mail-address.ts'
import { replyToColleague } from './colleague-mailbox.ts'
import type { PreparedMail, WrittenMail, Writing } from './prepared-mail.ts'

export function isPromoterMailPurpose(purpose: DeliveryPurpose): purpose is PromoterMailPurpose {
  return PROMOTER_MAIL_PURPOSES.some((one) => one === purpose)
}

type PromoterDelivery = MailDelivery & { purpose: PromoterMailPurpose }

/** The mail to a promoter about themselves, or why they are not to be written to any more. */
export async function preparePromoterMail(
  tx: Transaction,
  delivery: PromoterDelivery,
  now: Date
): Promise<PreparedMail | DeliveryObstacle> {
  const { aboutId, purpose } = delivery
  const dealer = await findDealer(tx)
  const promoter = aboutId === null ? null : await findPromoterToMail(tx, aboutId)
  if (!dealer || !promoter) return { obstacle: because('promoter_removed') }
  const obstacle = findObstacle(delivery, promoter, now)
  if (obstacle !== null) return { obstacle }
  if (await hasNewerMail(tx, { ...delivery, aboutId: promoter.id })) {
    return { obstacle: because('newer_message_sent') }
  }
  const reply = await replyToUser(tx, dealer, { userId: promoter.userId, reader: delivery.target })
  const write = (writing: Writing) => writeMail(tx, purpose, { dealer, promoter, writing })
  return { write: async (writing) => ({ ...(await write(writing)), ...reply }) }
}

async function writeMail(
  tx: Transaction,
  purpose: PromoterMailPurpose,
  { dealer, promoter, writing }: { dealer: Dealer; promoter: MailedPromoter; writing: Writing }
): Promise<WrittenMail> {
  switch (purpose) {
    case 'promoter_invitation':
      return await writeInvitation(tx, dealer, promoter, writing)
    case 'promoter_welcome':
      return await writeWelcome(tx, dealer, promoter, writing)
    case 'promoter_refusal':
      return writeRefusal(dealer, promoter)
  }
}

/** Where a promoter answers: their user, else the dealer. */
async function replyToUser(
  tx: Transaction,
  { name, email }: Dealer,
  { userId, reader }: { userId: string | null; reader: { address: string } }
): Promise<{ replyTo?: Mailbox }> {
  const user = await replyToColleague(tx, userId, reader)
  if (user.replyTo || email === null || !isMailAddress(email)) return user
  return { replyTo: { name, address: email } }
}

function findObstacle(
  { purpose, target }: PromoterDelivery,
  { state, email, invitationExpiresAt }: MailedPromoter,
  now: Date
): Reason<CancellationCode> | null {
  if (purpose === 'promoter_welcome' && state !== 'active') return because('promoter_inactive')
  if (purpose === 'promoter_refusal' && state !== 'removed') return because('promoter_not_refused')
  if (purpose === 'promoter_invitation') {
    if (state !== 'invited') return because('promoter_not_invited')
    // It has an end once it was written.
    if (invitationExpiresAt !== null && invitationExpiresAt <= now)
      return because('invitation_expired')
  }
  return email === target.address ? null : because('promoter_address_changed')
}

/** The secret is made together with its mail, so that only the recipient sees it. */
async function writeInvitation(
  tx: Transaction,
  dealer: Dealer,
  { id, locale, userName, invitationMessage }: MailedPromoter,
  { publicUrl, now }: Writing
): Promise<WrittenMail> {
  const secret = issueSecret('li_', dealer.id)
  const expiresAt = invitationEnd(now)
  await setInvitation(tx, id, { hash: secret.hash, expiresAt })
  const mail = composePromoterMail({
    context: { topic: 'invitation', invitedBy: userName, message: invitationMessage, expiresAt },
    locale: locale ?? dealer.locale,
    dealer,
    url: invitationUrl(dealer.settings, secret.text, publicUrl)
  })
  return { ...mail, fromName: dealer.name }
}

async function writeWelcome(
  tx: Transaction,
  dealer: Dealer,
  { id, locale, ...secrets }: MailedPromoter,
  { publicUrl, linkSecret }: Writing
): Promise<WrittenMail> {
  const secret = secretShown(dealer, secrets, linkSecret) ?? issueSecret('lp_', dealer.id)
  await setPageHash(tx, id, secret.hash)
  const mail = composePromoterMail({
    context: { topic: 'welcome' },
    locale: locale ?? dealer.locale,
    dealer,
    url: promoterPageUrl(dealer.settings, secret.text, publicUrl)
  })
  return { ...mail, fromName: dealer.name }
}

function writeRefusal(dealer: Dealer, { locale }: MailedPromoter): WrittenMail {
  const mail = composePromoterMail({
    context: { topic: 'refusal' },
    locale: locale ?? dealer.locale,
    dealer,
    url: null
  })
  return { ...mail, fromName: dealer.name }
}

/** The secret of the page that an acceptance led to, which the mail must not replace; null: another one. */
function secretShown(
  dealer: Dealer,
  { invitationHash, portalHash }: Pick<MailedPromoter, 'invitationHash' | 'portalHash'>,
  linkSecret: string
) {
  if (invitationHash === null) return null
  const secret = deriveSecret('lp_', dealer.id, { key: linkSecret, words: invitationHash })
  return secret.hash === portalHash ? secret : null
}
