import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

import { FieldCheck } from '../../../http/checked-fields.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendChanged, sendCreated } from '../../../http/resources.ts'
import { EXAMPLE_IDS } from '../../../schemas/example-ids.ts'
import { InvitePromoterSchema } from '../../../schemas/promoters/invitation.ts'
import { PromoterSchema, presentPromoter } from '../../../schemas/promoters/promoter.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { invitePromoter } from '../../../use-cases/promoters/invite-promoter.ts'
import { resendInvitation } from '../../../use-cases/promoters/resend-invitation.ts'

/** Invitations by mail to become a promoter. */
export const promoterInvitationRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, mailDomain }
) => {
  app.post(
    '/promoter-invitations',
    operation({
      id: 'invitePromoter',
      tag: 'Promoters',
      summary: 'Invite a person to become a promoter',
      description:
        'The invitation is a mail with a link that is valid for 30 days. Until the person accepts, the ' +
        'promoter is `invited` and gets no mail about leads. The link leads to the dealer’s ' +
        '`invitationPage`, if set. Members can name only themselves. Other callers can name any active user.',
      access: access.tenant('member', 'write'),
      body: ref(InvitePromoterSchema),
      responses: { 201: ref(PromoterSchema, 'The invited promoter.') },
      shows: {
        201: {
          id: EXAMPLE_IDS.invitedPromoter,
          state: 'invited',
          phone: null,
          userId: EXAMPLE_IDS.user
        }
      },
      problems: ['already-exists'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const { email, ...invitation } = request.body
      const check = new FieldCheck()
      const address = check.emailKey('/email', email)
      check.finish()
      return await sendCreated(request, reply, {
        now,
        create: (command) =>
          invitePromoter(db, { ...command, mailDomain, email: address, invitation }),
        present: presentPromoter,
        location: ({ id }) => `/v1/promoters/${id}`
      })
    }
  )

  app.post(
    '/promoters/:id/invitation',
    operation({
      id: 'invitePromoterAgain',
      tag: 'Promoters',
      summary: 'Send an invitation again',
      description:
        'The mail has a new link that is valid for 30 days. The previous link is no longer ' +
        'valid. The promoter must be `invited` and have an e-mail address, otherwise the ' +
        'response is `conflict`.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      responses: { 200: ref(PromoterSchema, 'The invited promoter.') },
      shows: { 200: { state: 'invited' } },
      problems: ['conflict'],
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) =>
          resendInvitation(db, { ...command, mailDomain, promoterId: request.params.id }),
        present: presentPromoter
      })
  )
}
