import type { Transaction } from '../../database/client.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { leadUrl } from '../../mail/purposes/lead-url.ts'
import { findClient, findClientById } from '../../repositories/clients/clients.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { listLeads } from '../../repositories/leads/lead-pages.ts'
import { clientPage, clientWentPage } from './client-page.ts'
import { findPlanned } from './planned-section.ts'
import { userPageRoutes } from './signed-pages.ts'

/** How many leads the page lists; `GET /v1/clients/{id}/leads` has all. */
const MAX_LEADS = 20

/** The page of a client, for users who were told of an activity with them. */
export const clientPageRoutes = userPageRoutes({
  path: '/c/:token',
  purpose: 'client',
  id: 'showClientPage',
  summary: 'Show the page of a client',
  description:
    'The page that links of mails, calendars and notifications about a client open, when the dealer’s ' +
    'setting `clientUrl` is null: contact, responsible user, planned activities, and the newest leads that ' +
    'the reader sees. The link is signed for its recipient and expires. The recipient must be active and ' +
    'see the client. Nothing can be changed on the page. The language is the one that the user ' +
    'chose, otherwise the first of `Accept-Language` that the service has, otherwise that of the dealer.',
  gone:
    'The link has expired, or the client went to a user whose clients the reader does not see; the page says ' +
    'which.',
  show: async ({ link, principal, now, localeOf }, { db, publicUrl, linkSecret }) => {
    const { dealerId, id, reader, expiresAt: until } = link
    const shown = await db.read(dealerId, (tx) => findShown(tx, principal, id))
    if (!shown) return null
    const { dealer } = shown
    const locale = localeOf(dealer)
    if ('holder' in shown) return { html: clientWentPage(shown.holder, locale), isGone: true }
    const linking = { publicUrl: publicUrl(), linkSecret, now }
    const leads = shown.leads.map((lead) => ({
      lead,
      url: leadUrl({ dealer, id: lead.id, reader }, linking)
    }))
    return { html: clientPage({ ...shown, leads }, { locale, until, now }) }
  }
})

/** What a user sees of a client now, or the name of its responsible user; null: the client is unknown. */
async function findShown(tx: Transaction, principal: TenantPrincipal, id: string) {
  const dealer = await findDealer(tx)
  if (!dealer) return null
  const client = await findClient(tx, principal, id)
  if (!client) {
    const other = await findClientById(tx, id)
    return other && { dealer, holder: other.responsibleUser?.name ?? null }
  }
  const newest = { limit: MAX_LEADS, after: null, descending: true }
  const filter = { client: client.id, isClientSeen: true }
  const { data: leads } = await listLeads(tx, principal, filter, newest)
  const planned = await findPlanned(tx, principal, { client: client.id })
  return { dealer, client, leads, planned }
}
