import type { Transaction } from '../../database/client.ts'
import type { Dealer, Locale } from '../../domain/dealers/dealer.ts'
import type { MailDelivery } from '../../domain/deliveries/delivery.ts'
import { findMailedUser } from '../../repositories/deliveries/recipients.ts'
import { mailboxReader, signLink } from '../../security/signed-links.ts'
import type { LinkReader } from '../../security/signed-links.ts'
import type { Writing } from './prepared-mail.ts'

/** How long a page opens from a mail. */
const LINK_DAYS = 30

/** Who opens the links of a mail, and the language in which it is written to them. */
interface MailReader {
  reader: LinkReader
  locale: Locale
}

/** Who reads a mail: the user with this address, or the people of a shared mailbox. */
export async function findReader(
  tx: Transaction,
  { target }: Pick<MailDelivery, 'target'>,
  { settings, locale }: Dealer
): Promise<MailReader> {
  const isShared = [settings.leadAddress, settings.testAddress].includes(target.address)
  const user = isShared ? null : await findMailedUser(tx, target.address)
  return user === null
    ? { reader: mailboxReader(target.address), locale }
    : { reader: { kind: 'user', id: user.id }, locale: user.locale ?? locale }
}

/** What an entry of a calendar, or a notification, is about. */
interface Entry {
  leadId: string | null
  clientId: string | null
  promoterId?: string | null
  /** The user whose open work it is. */
  workOfUserId?: string | null
}

interface Linking extends Pick<Writing, 'publicUrl' | 'linkSecret' | 'now'> {
  dealer: Pick<Dealer, 'id' | 'settings'>
  userId: string
}

/** Where a user opens what an entry is about; null: it has no page. */
export function entryUrl(
  { leadId, clientId, promoterId = null, workOfUserId = null }: Entry,
  linking: Linking
): string | null {
  const { dealer, userId, now } = linking
  // All links of a month are the same: a calendar without changes has the same bytes.
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1))
  if (leadId !== null) {
    const reader = { kind: 'user', id: userId } as const
    return leadUrl({ dealer, id: leadId, reader }, { ...linking, now: month })
  }
  if (workOfUserId !== null) return userUrl('work', workOfUserId, linking)
  if (promoterId !== null) return userUrl('promoter', promoterId, linking)
  return clientId === null ? null : userUrl('client', clientId, { ...linking, now: month })
}

interface LeadLink {
  dealer: Pick<Dealer, 'id' | 'settings'>
  id: string
  reader: LinkReader
}

const USER_PAGES = {
  client: { path: 'c', own: 'clientUrl' },
  promoter: { path: 'p', own: 'promoterUrl' },
  work: { path: 'w', own: null }
} as const

/** Where a user opens a client, a promoter or the work of a user: at the dealer's own screen, else at our page. */
function userUrl(
  purpose: keyof typeof USER_PAGES,
  id: string,
  { dealer, userId, publicUrl, linkSecret, now }: Linking
): string {
  const { path, own } = USER_PAGES[purpose]
  const ownUrl = own === null ? null : dealer.settings[own]
  if (ownUrl !== null) return ownUrl.replaceAll('{id}', id)
  const reader = { kind: 'user', id: userId } as const
  const link = { dealerId: dealer.id, id, reader, expiresAt: linkEnd(now) }
  return `${publicUrl}/${path}/${signLink(linkSecret, purpose, link)}`
}

function linkEnd(now: Date): Date {
  return new Date(now.getTime() + LINK_DAYS * 86_400_000)
}

/** Where a recipient opens a lead: at the dealer's own screen, else at our page. */
export function leadUrl(
  { dealer, id, reader }: LeadLink,
  { publicUrl, linkSecret, now }: Pick<Writing, 'publicUrl' | 'linkSecret' | 'now'>
): string {
  const { leadUrl } = dealer.settings
  if (leadUrl !== null) return leadUrl.replaceAll('{id}', id)
  const link = { dealerId: dealer.id, id, reader, expiresAt: linkEnd(now) }
  return `${publicUrl}/l/${signLink(linkSecret, 'lead', link)}`
}
