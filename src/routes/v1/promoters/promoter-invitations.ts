import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

import { provisionalName } from '../../../domain/promoters/invitation.ts'
import type { Promoter } from '../../../domain/promoters/promoter.ts'
import { newId } from '../../../ids.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { insertPromoter, lockPromoter } from '../../../repositories/promoters/promoters.ts'
import { InvitePromoterSchema } from '../../../schemas/promoters/invitation.ts'
import { PromoterSchema, presentPromoter } from '../../../schemas/promoters/promoter.ts'
import { IdParams, ref } from '../../../schemas/shared.ts'
import { oweInvitation } from '../../../use-cases/promoters/owe-promoter-mail.ts'
import { FieldCheck } from '../../../http/checked-fields.ts'
import { createOnce, setVersion } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { chooseSponsor } from './sponsor.ts'

/** Asking people by mail to become promoters. */
export const promoterInvitationRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, mailDomain }
) => {
  app.post(
    '/promoter-invitations',
    operation({
      id: 'invitePromoter',
      tag: 'Promoters',
      summary: 'Invite somebody to be a promoter',
      description:
        'By mail, with a link that is good for 30 days. Until they accept, they are `invited`, and hear ' +
        'of no lead. The link leads to the dealer’s `invitationPage` where that is set. A member ' +
        'invites promoters of their own; others may name any active user.',
      access: access.tenant('member', 'write'),
      body: ref(InvitePromoterSchema),
      answers: { 201: ref(PromoterSchema, 'The promoter, invited.') },
      problems: ['already-exists'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { name = null, locale = null, message = null, userId } = request.body
      const check = new FieldCheck()
      const email = check.emailKey('/email', request.body.email)
      check.finish()
      return await createOnce({ db, now, principal }, request, reply, async (tx) => {
        const at = now()
        const promoter: Promoter & { email: string } = {
          id: newId(),
          name: provisionalName({ name, email }),
          email,
          phone: null,
          locale,
          userId: await chooseSponsor(tx, principal, userId),
          state: 'invited',
          removedAt: null,
          version: 1,
          createdAt: at,
          updatedAt: at
        }
        await insertPromoter(tx, { ...promoter, invitationMessage: message })
        await recordEvents(tx, actorOf(principal), at, [
          {
            type: 'promoter.created',
            subject: { type: 'promoter', id: promoter.id },
            data: { state: promoter.state, userId: promoter.userId }
          }
        ])
        await oweInvitation(tx, promoter, { actor: actorOf(principal), mailDomain, now: at })
        const location = `/v1/promoters/${promoter.id}`
        return { body: presentPromoter(promoter), location, version: 1 }
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
        'With a new link, good for 30 days; the one before ends. Only who is `invited`, and has an ' +
        'e-mail address, can be invited again: others answer 409.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      answers: { 200: ref(PromoterSchema, 'The promoter, invited again.') },
      problems: ['conflict'],
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const promoter = await db.transaction(principal.dealerId, async (tx) => {
        const invited = await lockPromoter(tx, principal, request.params.id)
        if (!invited) throw problems.notFound('promoter')
        const { email, state } = invited
        if (state !== 'invited') throw problems.conflict(`The promoter is ${state}, not invited.`)
        if (email === null) throw problems.conflict('The promoter has no e-mail address.')
        const owing = { actor: actorOf(principal), mailDomain, now: now() }
        await oweInvitation(tx, { ...invited, email }, owing)
        return invited
      })
      setVersion(reply, promoter.version)
      return presentPromoter(promoter)
    }
  )
}
