import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { Dealer } from '../../domain/dealers/dealer.ts'
import { isReferralCode } from '../../domain/promoters/promoter.ts'
import { PAGE_CONTENT, access, operation } from '../../http/operation.ts'
import type { RouteOptions } from '../../http/options.ts'
import { problems } from '../../http/problems.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { findActiveLink } from '../../repositories/promoters/referral-links.ts'
import { closed, requiredText } from '../../schemas/shared.ts'
import { refuseWithPage } from './error-page.ts'
import { formPage } from './form-page.ts'
import { landingPage } from './landing-page.ts'
import { readerLocale, sendPage } from './page.ts'

const CodeParams = Type.Object({ code: requiredText(40, 'The code of the referral link.') }, closed)

const PageQuery = Type.Object(
  {
    error: Type.Optional(
      Type.String({
        maxLength: 60,
        description: 'The type of the problem, such as `unreachable-contact`.'
      })
    )
  },
  closed
)

const PageResponse = { description: 'The page.', content: PAGE_CONTENT } as never

/** A link of another time may have the parameter `ref`, as those of dealers do. */
const LandingQuery = Type.Object({ ref: Type.Optional(Type.String({ maxLength: 60 })) }, closed)

/** Pages of referral links of dealers without such pages, in the language of the reader. */
export const formPageRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, publicUrl }
) => {
  app.setErrorHandler(refuseWithPage)

  /** The dealer of a code, whether or not its link is active: after a form it may have ended. */
  const dealerOf = async (code: string, { isActive }: { isActive: boolean }): Promise<Dealer> => {
    const dealerId = isReferralCode(code) ? await db.findDealerIdByReferralCode(code) : null
    const dealer =
      dealerId === null
        ? null
        : await db.read(dealerId, async (tx) =>
            !isActive || (await findActiveLink(tx, code)) ? await findDealer(tx) : null
          )
    if (!dealer) throw problems.notFound('referral link')
    return dealer
  }

  app.get(
    '/r/:code/landing',
    {
      exposeHeadRoute: true,
      ...operation({
        id: 'showLandingPage',
        tag: 'Public',
        summary: 'Show the landing page of a referral link',
        description:
          'The page that visitors of a referral link see when neither the link nor the dealer names ' +
          'one. It has a form for a lead. The language is the first of `Accept-Language` that the ' +
          'service has, otherwise that of the dealer.',
        access: access.anyone,
        params: CodeParams,
        query: LandingQuery,
        responses: { 200: PageResponse },
        pages: true
      })
    },
    async (request, reply) => {
      const { code } = request.params
      const dealer = await dealerOf(code, { isActive: true })
      const { formThanksUrl, formErrorUrl } = dealer.settings
      const { pathname } = new URL(publicUrl())
      const action = `${pathname.replace(/\/$/, '')}/v1/referrals/${code}/leads`
      const html = landingPage(dealer, readerLocale(request, dealer.locale), action)
      return sendPage(reply, html, { formTargets: [publicUrl(), formThanksUrl, formErrorUrl] })
    }
  )

  app.get(
    '/r/:code/form',
    {
      exposeHeadRoute: true,
      ...operation({
        id: 'showFormPage',
        tag: 'Public',
        summary: 'Show the page after a form',
        description:
          'The page that a browser shows after a form was posted to a referral link. The dealer’s ' +
          'settings `formThanksUrl` and `formErrorUrl` replace it. The language is the first of ' +
          '`Accept-Language` that the service has, otherwise that of the dealer.',
        access: access.anyone,
        params: CodeParams,
        query: PageQuery,
        responses: { 200: PageResponse },
        pages: true
      })
    },
    async (request, reply) => {
      const dealer = await dealerOf(request.params.code, { isActive: false })
      const reader = { ...dealer, locale: readerLocale(request, dealer.locale) }
      return sendPage(reply, formPage(reader, request.query.error ?? null))
    }
  )
}
