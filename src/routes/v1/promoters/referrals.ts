import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'

import { isReferralCode } from '../../../domain/promoters/promoter.ts'
import { SignUpPromoterSchema, SignUpReceiptSchema } from '../../../schemas/promoters/promoter.ts'
import { ref } from '../../../schemas/shared.ts'
import { signUpPromoter } from '../../../use-cases/promoters/sign-up-promoter.ts'
import { FieldCheck, readPhoneNumber } from '../../../http/checked-fields.ts'
import { DealerProfiles } from '../../../http/dealer-profiles.ts'
import { accept } from '../../../http/resources.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { acceptLeads } from '../../../http/plugins/body-parsing.ts'
import { allowOrigin } from '../../../http/web-origins.ts'
import { CodeParams, findLink } from './referral-code.ts'
import { referredLeadRoutes } from './referred-leads.ts'

/** Routes for landing pages of referral links. They need no credentials. */
export const referralRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  const { db, now, mailDomain } = options
  const profiles = new DealerProfiles(db)
  const findDealer = async ({ params }: FastifyRequest) => {
    const { code = '' } = params as { code?: string }
    const dealerId = isReferralCode(code) ? await db.findDealerIdByReferralCode(code) : null
    return dealerId === null ? null : await profiles.get(dealerId)
  }
  app.addHook('onRequest', async (request, reply) => {
    await allowOrigin(
      request,
      reply,
      async () => (await findDealer(request))?.settings.webOrigins ?? []
    )
  })
  for (const record of ['leads', 'promoters']) {
    app.options(
      `/referrals/:code/${record}`,
      { schema: { params: CodeParams, hide: true }, config: { access: access.anyone } },
      async (_request, reply) => reply.code(204).send()
    )
  }

  await app.register(async (leads) => {
    acceptLeads(leads, findDealer)
    await leads.register(referredLeadRoutes, { ...options, profiles })
  })

  app.post(
    '/referrals/:code/promoters',
    operation({
      id: 'signUpPromoter',
      tag: 'Public',
      summary: 'Sign up as a promoter',
      description:
        'The promoter belongs to the user of the link and is `pending` until its user, an owner or an admin ' +
        'approves; they are told. The response is the same for new and known people, and a repeat changes nothing.',
      access: access.anyone,
      params: CodeParams,
      body: ref(SignUpPromoterSchema),
      responses: { 202: ref(SignUpReceiptSchema, 'Received.') }
    }),
    async (request, reply) => {
      const { code } = request.params
      const { dealerId } = await findLink(db, code)
      const { country } = await profiles.get(dealerId)
      const { name, phone = null, locale = null } = request.body
      const check = new FieldCheck()
      const email = check.emailKey('/email', request.body.email)
      check.finish()
      const person = { name, email, phone: readPhoneNumber(phone, country), locale }
      accept(await signUpPromoter(db, { dealerId, code, person, mailDomain, now: now() }))
      return reply.code(202).send({ received: true })
    }
  )
}
