import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { readSecret } from '../../../security/credentials.ts'
import { promoterPageUrl } from '../../../domain/promoters/invitation.ts'
import { problems } from '../../../http/problems.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { findInvitation } from '../../../repositories/promoters/promoter-secrets.ts'
import {
  AcceptInvitationSchema,
  AcceptedInvitationSchema,
  PromoterInvitationSchema,
  presentInvitation
} from '../../../schemas/promoters/invitation.ts'
import { referralUrl } from '../../../schemas/promoters/referral-link.ts'
import { closed, ref, requiredText } from '../../../schemas/shared.ts'
import { acceptInvitation } from '../../../use-cases/promoters/accept-invitation.ts'
import { readPhoneNumber } from '../../../http/checked-fields.ts'
import { accept } from '../../../http/resources.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'

const SecretParams = Type.Object(
  { secret: requiredText(100, 'The secret from the invitation mail.') },
  closed
)

/** Routes for invited people. They need the secret of the mail and no other credentials. */
export const invitationResponseRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, publicUrl }
) => {
  app.get(
    '/promoter-invitations/:secret',
    operation({
      id: 'getPromoterInvitation',
      tag: 'Public',
      summary: 'Read an invitation',
      description:
        'The response is 404 after the acceptance, or when a newer invitation replaced this ' +
        'one.',
      access: access.anyone,
      params: SecretParams,
      responses: { 200: ref(PromoterInvitationSchema, 'The invitation.') }
    }),
    async (request) => {
      const { dealerId, hash } = readInvitation(request.params.secret)
      const invitation = await db.read(dealerId, (tx) => findInvitation(tx, hash))
      if (!invitation) throw problems.notFound('invitation')
      return presentInvitation(invitation)
    }
  )

  app.post(
    '/promoter-invitations/:secret/accept',
    operation({
      id: 'acceptPromoterInvitation',
      tag: 'Public',
      summary: 'Accept an invitation',
      description:
        'The person becomes an active promoter with a referral link and a page. The ' +
        'response to a second request is 404, and to an expired invitation 409.',
      access: access.anyone,
      params: SecretParams,
      body: ref(AcceptInvitationSchema),
      responses: { 200: ref(AcceptedInvitationSchema, 'The promoter’s page and link.') },
      problems: ['conflict']
    }),
    async (request) => {
      const { dealerId, hash } = readInvitation(request.params.secret)
      const dealer = await db.read(dealerId, findDealer)
      if (!dealer) throw problems.notFound('invitation')
      const { phone, ...details } = request.body
      const contact = phone === undefined ? {} : { phone: readPhoneNumber(phone, dealer.country) }
      const accepted = accept(
        await acceptInvitation(db, {
          dealerId,
          hash,
          details: { ...details, ...contact },
          now: now()
        })
      )
      const { pageSecret, link } = accepted
      request.log.info({ linkId: link.id }, 'invitation accepted')
      return {
        pageUrl: promoterPageUrl(dealer.settings, pageSecret, publicUrl()),
        link: { code: link.code, url: referralUrl(publicUrl(), link.code) }
      }
    }
  )
}

function readInvitation(text: string): { dealerId: string; hash: string } {
  const secret = readSecret('li_', text)
  if (!secret) throw problems.notFound('invitation')
  return secret
}
