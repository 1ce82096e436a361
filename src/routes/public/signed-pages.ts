import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Dealer, Locale } from '../../domain/dealers/dealer.ts'
import { PAGE_CONTENT, access, operation } from '../../http/operation.ts'
import type { RouteOptions } from '../../http/options.ts'
import { problems } from '../../http/problems.ts'
import { findUserIdentity } from '../../repositories/access/principals.ts'
import { closed, requiredText } from '../../schemas/shared.ts'
import { readLink } from '../../security/signed-links.ts'
import type { SignedLink } from '../../security/signed-links.ts'
import { refuseWithPage } from './error-page.ts'
import { sendExpired } from './expired-link.ts'
import { readerLocale, sendPage } from './page.ts'

const TokenParams = Type.Object({ token: requiredText(200, 'The token from the mail.') }, closed)

interface PageText {
  id: string
  summary: string
  description: string
  /** When the page answers 410, where that is not only the end of its link. */
  gone?: string
}

/** The options of a route whose page a signed link opens. */
export function signedPage({ id, summary, description, gone }: PageText) {
  return {
    // Scanners of links ask with HEAD first.
    exposeHeadRoute: true,
    ...operation({
      id,
      tag: 'Public',
      summary,
      description,
      access: access.anyone,
      params: TokenParams,
      responses: {
        200: { description: 'The page.', content: PAGE_CONTENT } as never,
        410: {
          description: gone ?? 'The link has expired. The page names the dealer.',
          content: PAGE_CONTENT
        } as never
      },
      pages: true
    })
  }
}

/** What a page for one user is made of. */
export interface Opened {
  link: SignedLink
  principal: TenantPrincipal
  now: Date
  /** The language that the user chose, otherwise that of the request, otherwise that of the dealer. */
  localeOf: (dealer: Dealer) => Locale
}

interface Shown {
  html: string
  /** Whether it is the page of the record, and not one that says where it went. */
  isGone?: boolean
}

interface UserPage extends PageText {
  path: '/c/:token' | '/p/:token' | '/w/:token'
  purpose: 'client' | 'promoter' | 'work'
  /** The page; null where there is none for this user. */
  show: (opened: Opened, options: RouteOptions) => Promise<Shown | null>
}

/** The route of a page that only active users open, each by a link of their own. */
export function userPageRoutes(page: UserPage): FastifyPluginAsyncTypebox<RouteOptions> {
  return async (app, options) => {
    const { db, linkSecret } = options
    app.setErrorHandler(refuseWithPage)
    app.get(page.path, signedPage(page), async (request, reply) => {
      const link = readLink(linkSecret, page.purpose, request.params.token)
      if (link?.reader.kind !== 'user') throw problems.notFound('page')
      const now = options.now()
      if (link.expiresAt <= now) return await sendExpired(db, request, reply, link)
      const { dealerId } = link
      const user = await findUserIdentity(db, { dealerId, userId: link.reader.id })
      if (!user) throw problems.notFound('page')
      const localeOf = (dealer: Dealer) => user.locale ?? readerLocale(request, dealer.locale)
      const { principal } = user
      const shown = await page.show({ link, principal, now, localeOf }, options)
      if (!shown) throw problems.notFound('page')
      if (shown.isGone) return sendPage(reply, shown.html, { status: 410 })
      request.log.info({ [`${page.purpose}Id`]: link.id }, `page of a ${page.purpose} opened`)
      return sendPage(reply, shown.html)
    })
  }
}
