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
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'

const SecretParams = Type.Object(
  { secret: requiredText(100, 'From the mail that invited them.') },
  closed
)

/** What somebody may do who was invited to be a promoter: the secret of the mail is all they need. */
export const invitationAnswerRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, publicUrl }
) => {
  app.get(
    '/promoter-invitations/:secret',
    operation({
      id: 'getPromoterInvitation',
      tag: 'Public',
      summary: 'Read an invitation',
      description: 'Answers 404 once it was accepted, or another was sent in its place.',
      access: access.anyone,
      params: SecretParams,
      answers: { 200: ref(PromoterInvitationSchema, 'The invitation.') }
    }),
    async (request) => {
      const { dealerId, hash } = readInvitation(request.params.secret)
      const invitation = await db.transaction(dealerId, (tx) => findInvitation(tx, hash))
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
        'Once: makes them a promoter with a link and a page of their own. A second time answers 404, ' +
        'too late 409.',
      access: access.anyone,
      params: SecretParams,
      body: ref(AcceptInvitationSchema),
      answers: { 200: ref(AcceptedInvitationSchema, 'Their page and their link.') },
      problems: ['conflict']
    }),
    async (request) => {
      const { dealerId, hash } = readInvitation(request.params.secret)
      const dealer = await db.transaction(dealerId, findDealer)
      if (!dealer) throw problems.notFound('invitation')
      const { phone, ...words } = request.body
      const accepted = await acceptInvitation(db, {
        dealerId,
        hash,
        words: {
          ...words,
          ...(phone === undefined ? {} : { phone: readPhoneNumber(phone, dealer.country) })
        },
        now: now()
      })
      if (accepted === null) throw problems.notFound('invitation')
      if (accepted === 'expired') {
        throw problems.conflict('The invitation has expired; ask for another.')
      }
      if (accepted === 'nameless') {
        throw problems.validation([
          { pointer: '/name', message: 'is required: nobody gave one yet' }
        ])
      }
      const { pageSecret, link } = accepted
      request.log.info({ linkId: link.id }, 'invitation accepted')
      return {
        pageUrl: promoterPageUrl(dealer.settings, pageSecret, publicUrl),
        link: { code: link.code, url: referralUrl(publicUrl, link.code) }
      }
    }
  )
}

function readInvitation(text: string): { dealerId: string; hash: string } {
  const secret = readSecret('li_', text)
  if (!secret) throw problems.notFound('invitation')
  return secret
}
