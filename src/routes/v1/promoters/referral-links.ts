import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { Transaction } from '../../../database/client.ts'
import { seesAll } from '../../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import type { ReferralLink } from '../../../domain/promoters/promoter.ts'
import { newId } from '../../../ids.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { findPromoter } from '../../../repositories/promoters/promoters.ts'
import {
  claimCode,
  claimRandomCode,
  findReferralLink,
  insertReferralLink,
  listReferralLinks,
  lockReferralLink,
  updateReferralLink
} from '../../../repositories/promoters/referral-links.ts'
import { findUser } from '../../../repositories/access/users.ts'
import {
  CreateReferralLinkSchema,
  PatchReferralLinkSchema,
  ReferralLinkPageSchema,
  ReferralLinkSchema,
  presentReferralLink
} from '../../../schemas/promoters/referral-link.ts'
import { QrAnswer, QrQuery, readQrLook } from '../../../schemas/promoters/qr-code.ts'
import { Id, IdParams, closed, newestFirst, pageQuery, ref } from '../../../schemas/shared.ts'
import { FieldCheck } from '../../../http/checked-fields.ts'
import { createOnce } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendQrCode } from '../../public/qr-codes.ts'
import { changeOne, sendOne, sendPage } from '../../../http/resources.ts'
import { unknownUser } from '../access/user-refusals.ts'

const ReferralLinkQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst,
    user: Type.Optional(Id('Links of their own, not of their promoters.')),
    promoter: Type.Optional(Id()),
    active: Type.Optional(Type.Boolean())
  },
  closed
)

/** Codes and URLs that name who gets the credit. Members see their own and their promoters'. */
export const referralLinkRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, publicUrl }
) => {
  const present = (link: ReferralLink) => presentReferralLink(link, publicUrl)

  app.post(
    '/referral-links',
    operation({
      id: 'createReferralLink',
      tag: 'Referral links',
      summary: 'Make a referral link',
      description: 'Of a user, or of a promoter. A code, once given, belongs to its link for good.',
      access: access.tenant('member', 'write'),
      body: ref(CreateReferralLinkSchema),
      answers: { 201: ref(ReferralLinkSchema, 'The link.') },
      problems: ['already-exists'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { body } = request
      const check = new FieldCheck()
      const targetUrl = check.url('/targetUrl', body.targetUrl ?? null)
      check.finish()
      return await createOnce({ db, now, principal }, request, reply, async (tx) => {
        const at = now()
        const link: ReferralLink = {
          id: newId(),
          ...(await chooseHolder(tx, principal, body)),
          code: await takeCode(tx, body.code),
          label: body.label ?? null,
          targetUrl,
          active: true,
          visits: 0,
          lastVisitAt: null,
          version: 1,
          createdAt: at,
          updatedAt: at
        }
        await insertReferralLink(tx, link)
        const { userId, promoterId } = link
        await recordEvents(tx, actorOf(principal), at, [
          {
            type: 'referral_link.created',
            subject: { type: 'referral_link', id: link.id },
            data: { userId, promoterId }
          }
        ])
        return { body: present(link), location: `/v1/referral-links/${link.id}`, version: 1 }
      })
    }
  )

  app.get(
    '/referral-links',
    operation({
      id: 'listReferralLinks',
      tag: 'Referral links',
      summary: 'List referral links',
      access: access.tenant('member', 'read'),
      query: ReferralLinkQuery,
      answers: { 200: ref(ReferralLinkPageSchema, 'A page of links.') },
      paged: true
    }),
    async (request, reply) => {
      const { user, promoter, active } = request.query
      return await sendPage(db, request, reply, {
        list: (tx, page, principal) =>
          listReferralLinks(tx, principal, { user, promoter, active }, page),
        present
      })
    }
  )

  app.get(
    '/referral-links/:id',
    operation({
      id: 'getReferralLink',
      tag: 'Referral links',
      summary: 'Read a referral link',
      access: access.tenant('member', 'read'),
      params: IdParams,
      answers: { 200: ref(ReferralLinkSchema, 'The link.') },
      versioned: true
    }),
    async (request, reply) =>
      await sendOne(db, request, reply, {
        noun: 'referral link',
        find: (tx, id, principal) => findReferralLink(tx, principal, id),
        present
      })
  )

  app.get(
    '/referral-links/:id/qr',
    operation({
      id: 'getReferralLinkQr',
      tag: 'Referral links',
      summary: 'Draw a referral link as a QR code',
      description:
        'As SVG or PNG, by `Accept`; as SVG where either will do. The code leads to the link’s `url`. ' +
        '`If-None-Match` is heeded.',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: QrQuery,
      answers: { 200: QrAnswer, 304: Type.Null({ description: 'It is as it was.' }) },
      problems: ['not-acceptable']
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const link = await db.transaction(principal.dealerId, (tx) =>
        findReferralLink(tx, principal, request.params.id)
      )
      if (!link) throw problems.notFound('referral link')
      return await sendQrCode(request, reply, present(link).url, readQrLook(request.query))
    }
  )

  app.patch(
    '/referral-links/:id',
    operation({
      id: 'updateReferralLink',
      tag: 'Referral links',
      summary: 'Change a referral link',
      description: 'An inactive link answers 404 to visitors, and takes no leads.',
      access: access.tenant('member', 'write'),
      consumes: ['application/json', 'application/merge-patch+json'],
      params: IdParams,
      body: ref(PatchReferralLinkSchema),
      answers: { 200: ref(ReferralLinkSchema, 'The link as it is now.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const { body } = request
      const check = new FieldCheck()
      check.url('/targetUrl', body.targetUrl)
      check.finish()
      return await changeOne(db, request, reply, {
        noun: 'referral link',
        lock: (tx, id, principal) => lockReferralLink(tx, principal, id),
        present,
        change: async (tx, { id }, principal) => {
          await recordEvents(tx, actorOf(principal), now(), [
            {
              type: 'referral_link.updated',
              subject: { type: 'referral_link', id },
              data: { fields: Object.keys(body) }
            }
          ])
          return await updateReferralLink(tx, id, body, now())
        }
      })
    }
  )
}

type Holder = Pick<ReferralLink, 'userId' | 'promoterId'>

/** Whose link it is: a promoter's, or a user's; of a member, their own or their promoters'. */
async function chooseHolder(
  tx: Transaction,
  principal: TenantPrincipal,
  { userId = null, promoterId = null }: Static<typeof CreateReferralLinkSchema>
): Promise<Holder> {
  if (promoterId !== null) {
    if (userId !== null) throw fault('/userId', 'can not stand beside promoterId')
    const promoter = await findPromoter(tx, principal, promoterId)
    if (!promoter) throw fault('/promoterId', 'is not a known promoter')
    return { userId: null, promoterId: promoter.id }
  }
  if (userId === null) {
    if (principal.kind === 'user') return { userId: principal.id, promoterId: null }
    throw fault('/userId', 'is required, or promoterId')
  }
  if (!seesAll(principal) && userId !== principal.id) {
    throw problems.forbidden('Members make links of their own, and of their promoters.')
  }
  const user = await findUser(tx, userId)
  if (user?.active !== true) throw unknownUser('/userId')
  return { userId: user.id, promoterId: null }
}

async function takeCode(tx: Transaction, wanted: string | undefined): Promise<string> {
  if (wanted === undefined) return await claimRandomCode(tx)
  if (await claimCode(tx, wanted)) return wanted
  throw problems.alreadyExists('Another link has this code.', '/code')
}

function fault(pointer: string, message: string) {
  return problems.validation([{ pointer, message }])
}
