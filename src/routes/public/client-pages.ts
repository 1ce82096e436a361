import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { Transaction } from '../../database/client.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { PAGE_CONTENT, access, operation } from '../../http/operation.ts'
import type { RouteOptions } from '../../http/options.ts'
import { problems } from '../../http/problems.ts'
import { leadUrl } from '../../mail/purposes/lead-url.ts'
import { findUserIdentity } from '../../repositories/access/principals.ts'
import { findClient } from '../../repositories/clients/clients.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { listLeads } from '../../repositories/leads/lead-pages.ts'
import { closed, requiredText } from '../../schemas/shared.ts'
import { readLink } from '../../security/signed-links.ts'
import { clientPage } from './client-page.ts'
import { refuseWithPage } from './error-page.ts'
import { sendExpired } from './expired-link.ts'
import { readerLocale, sendPage } from './page.ts'
import { findPlanned } from './planned-section.ts'

const TokenParams = Type.Object({ token: requiredText(200, 'The token from the mail.') }, closed)

/** How many leads the page lists; `GET /v1/clients/{id}/leads` has all. */
const MAX_LEADS = 20

/** The page of a client, for users who were told of an activity with them. */
export const clientPageRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, publicUrl, linkSecret }
) => {
  app.setErrorHandler(refuseWithPage)
  app.get(
    '/c/:token',
    {
      // Scanners of links ask with HEAD first.
      exposeHeadRoute: true,
      ...operation({
        id: 'showClientPage',
        tag: 'Public',
        summary: 'Show the page of a client',
        description:
          'The page that links of mails, calendars and notifications about a client open, when the dealer’s ' +
          'setting `clientUrl` is null: contact, responsible user, planned activities, and the newest leads that ' +
          'the reader sees. The link is signed for its recipient and expires. The recipient must be active and ' +
          'see the client. Nothing can be changed on the page. The language is the one that the user ' +
          'chose, otherwise the first of `Accept-Language` that the service has, otherwise that of the dealer.',
        access: access.anyone,
        params: TokenParams,
        responses: {
          200: { description: 'The page.', content: PAGE_CONTENT } as never,
          410: {
            description: 'The link has expired. The page names the dealer.',
            content: PAGE_CONTENT
          } as never
        },
        pages: true
      })
    },
    async (request, reply) => {
      const link = readLink(linkSecret, 'client', request.params.token)
      if (link?.reader.kind !== 'user') throw problems.notFound('page')
      const at = now()
      if (link.expiresAt <= at) return await sendExpired(db, request, reply, link)
      const { dealerId, id, reader, expiresAt: until } = link
      const identity = await findUserIdentity(db, { dealerId, userId: reader.id })
      if (!identity) throw problems.notFound('page')
      const shown = await db.read(dealerId, (tx) => findShown(tx, identity.principal, id))
      if (!shown) throw problems.notFound('page')
      const { dealer, leads, ...found } = shown
      request.log.info({ clientId: id }, 'page of a client opened')
      const linking = { publicUrl: publicUrl(), linkSecret, now: at }
      const linked = leads.map((lead) => ({
        lead,
        url: leadUrl({ dealer, id: lead.id, reader }, linking)
      }))
      const locale = identity.locale ?? readerLocale(request, dealer.locale)
      const html = clientPage({ ...found, dealer, leads: linked }, { locale, until, now: at })
      return sendPage(reply, html)
    }
  )
}

/** What a user sees of a client now; null: nothing. */
async function findShown(tx: Transaction, principal: TenantPrincipal, id: string) {
  const dealer = await findDealer(tx)
  const client = await findClient(tx, principal, id)
  if (!dealer || !client) return null
  const newest = { limit: MAX_LEADS, after: null, descending: true }
  const filter = { client: client.id, isClientSeen: true }
  const { data: leads } = await listLeads(tx, principal, filter, newest)
  const planned = await findPlanned(tx, principal, { client: client.id })
  return { dealer, client, leads, planned }
}
