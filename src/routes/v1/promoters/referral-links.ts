import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { ReferralLink } from '../../../domain/promoters/promoter.ts'
import { FieldCheck } from '../../../http/checked-fields.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { problems } from '../../../http/problems.ts'
import { read, sendChanged, sendCreated, sendOne, sendPage } from '../../../http/resources.ts'
import {
  findReferralLink,
  listReferralLinks
} from '../../../repositories/promoters/referral-links.ts'
import { QrCodeResponse, QrQuery, readQrLook } from '../../../schemas/promoters/qr-code.ts'
import {
  CreateReferralLinkSchema,
  PatchReferralLinkSchema,
  ReferralLinkPageSchema,
  ReferralLinkSchema,
  presentReferralLink
} from '../../../schemas/promoters/referral-link.ts'
import { NamedList } from '../../../schemas/named.ts'
import { IdParams, closed, newestFirst, pageQuery, ref } from '../../../schemas/shared.ts'
import { changeReferralLink } from '../../../use-cases/promoters/change-referral-link.ts'
import { createReferralLink } from '../../../use-cases/promoters/create-referral-link.ts'
import { sendQrCode } from '../../public/qr-codes.ts'

const ReferralLinkQuery = Type.Object(
  {
    ...pageQuery,
    ...newestFirst,
    user: Type.Optional(
      NamedList('user', 'Links of this user. Links of the user’s promoters are not included.')
    ),
    promoter: Type.Optional(NamedList('promoter')),
    active: Type.Optional(Type.Boolean())
  },
  closed
)

/** Links that name a user or a promoter for the credit. Members see their own and their promoters’. */
export const referralLinkRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, publicUrl }
) => {
  const present = (link: ReferralLink) => presentReferralLink(link, publicUrl())

  app.post(
    '/referral-links',
    operation({
      id: 'createReferralLink',
      tag: 'Referral links',
      summary: 'Create a referral link',
      description:
        'The link belongs to a user or to a promoter. Its code can’t change, and no other ' +
        'link can have it.',
      access: access.tenant('member', 'write'),
      body: ref(CreateReferralLinkSchema),
      responses: { 201: ref(ReferralLinkSchema, 'The link.') },
      shows: { 201: { visits: 0, lastVisitAt: null } },
      problems: ['already-exists'],
      idempotent: true,
      versioned: true
    }),
    async (request, reply) => {
      const check = new FieldCheck()
      check.url('/targetUrl', request.body.targetUrl)
      check.finish()
      return await sendCreated(request, reply, {
        now,
        create: (command) => createReferralLink(db, { ...command, link: request.body }),
        present,
        location: ({ id }) => `/v1/referral-links/${id}`
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
      responses: { 200: ref(ReferralLinkPageSchema, 'A page of links.') },
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
      responses: { 200: ref(ReferralLinkSchema, 'The link.') },
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
        'The image is SVG or PNG, by `Accept`, and SVG by default. The QR code holds the link’s `url`. ' +
        'A request may be conditional (`If-None-Match`).',
      access: access.tenant('member', 'read'),
      params: IdParams,
      query: QrQuery,
      responses: {
        200: QrCodeResponse,
        304: Type.Null({ description: 'Not modified.' })
      },
      problems: ['not-acceptable']
    }),
    async (request, reply) => {
      const link = await read(db, request, (tx, principal) =>
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
      description: 'An inactive link has no visitors and no leads: the response to a visit is 404.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      body: ref(PatchReferralLinkSchema),
      responses: { 200: ref(ReferralLinkSchema, 'The changed link.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const check = new FieldCheck()
      check.url('/targetUrl', request.body.targetUrl)
      check.finish()
      return await sendChanged(request, reply, {
        now,
        change: (command) =>
          changeReferralLink(db, {
            ...command,
            linkId: request.params.id,
            change: request.body
          }),
        present
      })
    }
  )
}
