import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { Dealer, Locale } from '../../domain/dealers/dealer.ts'
import { PAGE_CONTENT, access, operation } from '../../http/operation.ts'
import type { RouteOptions } from '../../http/options.ts'
import { problems } from '../../http/problems.ts'
import { inertLine } from '../../mail/inert-text.ts'
import { promoterSection } from '../../mail/compose/compose-notification-mail.ts'
import { createFormats } from '../../mail/sections/formats.ts'
import { findUserIdentity } from '../../repositories/access/principals.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { findPromoterToMail } from '../../repositories/promoters/promoter-mails.ts'
import type { MailedPromoter } from '../../repositories/promoters/promoter-mails.ts'
import { findPromoter } from '../../repositories/promoters/promoters.ts'
import { closed, requiredText } from '../../schemas/shared.ts'
import { readLink } from '../../security/signed-links.ts'
import { refuseWithPage } from './error-page.ts'
import { sendExpired } from './expired-link.ts'
import { NOTE, sectionHtml } from './lead-page.ts'
import { heading, page, paragraph, readerLocale, sendPage } from './page.ts'

const TokenParams = Type.Object({ token: requiredText(200, 'The token from the mail.') }, closed)

/** The page of a promoter for the users who can approve, and for the promoter's user. */
export const promoterDetailRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, linkSecret }
) => {
  app.setErrorHandler(refuseWithPage)
  app.get(
    '/p/:token',
    {
      // Scanners of links ask with HEAD first.
      exposeHeadRoute: true,
      ...operation({
        id: 'showPromoterDetails',
        tag: 'Public',
        summary: 'Show a promoter to a user',
        description:
          'The page that the links in mails to users about a promoter open, when the dealer’s setting ' +
          '`promoterUrl` is null. The link is signed for its recipient and valid for 30 days. The ' +
          'recipient must be active and see the promoter. Nothing can be changed on the page. The ' +
          'language is the one that the user chose, otherwise the first of `Accept-Language` that the ' +
          'service has, otherwise that of the dealer.',
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
      const link = readLink(linkSecret, 'promoter', request.params.token)
      if (link?.reader.kind !== 'user') throw problems.notFound('page')
      if (link.expiresAt <= now()) return await sendExpired(db, request, reply, link)
      const { dealerId, id } = link
      const identity = await findUserIdentity(db, { dealerId, userId: link.reader.id })
      if (!identity) throw problems.notFound('page')
      const [dealer, promoter] = await db.read(dealerId, async (tx) => [
        await findDealer(tx),
        (await findPromoter(tx, identity.principal, id)) && (await findPromoterToMail(tx, id))
      ])
      if (!dealer || !promoter) throw problems.notFound('page')
      const locale = identity.locale ?? readerLocale(request, dealer.locale)
      return sendPage(reply, promoterDetails({ promoter, dealer, until: link.expiresAt }, locale))
    }
  )
}

const HOW: Record<Locale, string> = {
  en: 'The promoter’s user, an owner or an admin can approve or refuse the promoter.',
  es: 'El usuario del promotor, un propietario o un administrador puede aprobarlo o rechazarlo.',
  pl: 'Zatwierdzić lub odrzucić zgłoszenie może użytkownik polecającego, właściciel lub administrator.'
}

function promoterDetails(
  { promoter, dealer, until }: { promoter: MailedPromoter; dealer: Dealer; until: Date },
  locale: Locale
): string {
  const formats = createFormats(locale, dealer)
  const title = inertLine(promoter.name)
  return page(locale, title, [
    heading(title),
    ...(promoter.state === 'pending' ? [paragraph(HOW[locale])] : []),
    ...promoterSection(locale, promoter).map(sectionHtml),
    paragraph(NOTE[locale](formats.instant(until)), 'note')
  ])
}
