import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { isReferralCode } from '../../domain/promoters/promoter.ts'
import { access, operation } from '../../http/operation.ts'
import type { RouteOptions } from '../../http/options.ts'
import { problems } from '../../http/problems.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { closed, requiredText } from '../../schemas/shared.ts'
import { formPage } from './form-page.ts'
import { PAGE_POLICY } from './page.ts'

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

const Page = Type.String({ examples: ['<!doctype html>…'] })

/** Pages for people who sent a form to a referral link of a dealer without such pages. */
export const formPageRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db }) => {
  app.get(
    '/r/:code/form',
    operation({
      id: 'showFormPage',
      tag: 'Public',
      summary: 'Show the page after a form',
      description:
        'The page that a browser shows after a form was posted to a referral link, in the language of ' +
        'the dealer. The dealer’s settings `formThanksUrl` and `formErrorUrl` replace it.',
      access: access.anyone,
      params: CodeParams,
      query: PageQuery,
      responses: {
        200: { description: 'The page.', content: { 'text/html': { schema: Page } } } as never
      }
    }),
    async (request, reply) => {
      const { code } = request.params
      const dealerId = isReferralCode(code) ? await db.findDealerIdByReferralCode(code) : null
      const dealer = dealerId === null ? null : await db.read(dealerId, findDealer)
      if (!dealer) throw problems.notFound('referral link')
      return reply
        .headers({
          'cache-control': 'no-store',
          'content-security-policy': PAGE_POLICY,
          'referrer-policy': 'no-referrer',
          'x-robots-tag': 'noindex'
        })
        .type('text/html; charset=utf-8')
        .send(formPage(dealer, request.query.error ?? null))
    }
  )
}
