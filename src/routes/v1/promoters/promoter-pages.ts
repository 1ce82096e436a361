import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { issueSecret, readSecret } from '../../../security/credentials.ts'
import type { Database, Transaction } from '../../../database/client.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import { promoterPageUrl } from '../../../domain/promoters/invitation.ts'
import type { Promoter } from '../../../domain/promoters/promoter.ts'
import { maskId, unmaskId } from '../../../security/masked-ids.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import type { Page, PageRequest } from '../../../repositories/paging.ts'
import {
  countPromoted,
  hasLink,
  listPageLinks,
  listPromotedLeads
} from '../../../repositories/promoters/promoter-pages.ts'
import { findPageOwner, setPageHash } from '../../../repositories/promoters/promoter-secrets.ts'
import { lockPromoter } from '../../../repositories/promoters/promoters.ts'
import { findRewardTotals } from '../../../repositories/sales/rewards.ts'
import {
  IssuedPageLinkSchema,
  PromotedLeadPageSchema,
  PromoterOwnPageSchema,
  presentPromotedLead,
  presentPromoterPage
} from '../../../schemas/promoters/promoter-page.ts'
import { QrAnswer, QrQuery, readQrLook } from '../../../schemas/promoters/qr-code.ts'
import { referralUrl } from '../../../schemas/promoters/referral-link.ts'
import { IdParams, closed, pageQuery, ref, requiredText } from '../../../schemas/shared.ts'
import { createOnce, presentPage, readPage } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendQrCode } from '../../public/qr-codes.ts'

const secret = requiredText(100, 'From the address that the promoter was given.')
const SecretParams = Type.Object({ secret }, closed)
const LinkParams = Type.Object({ secret, code: requiredText(40, 'Of one of their links.') }, closed)
const LeadQuery = Type.Object(pageQuery, closed)

/** A promoter's own page, by an address that only they know. */
export const promoterPageRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, publicUrl }
) => {
  app.post(
    '/promoters/:id/page-link',
    operation({
      id: 'createPromoterPageLink',
      tag: 'Promoters',
      summary: 'Make an address for a promoter’s own page',
      description:
        'Where they see their links, and what came of the leads they brought. Whoever has the address ' +
        'reads the page: it is shown this once, and a new one replaces the one before. It leads to the ' +
        'dealer’s `promoterPage` where that is set.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      answers: { 201: ref(IssuedPageLinkSchema, 'The address, shown this once.') },
      idempotent: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { id } = request.params
      return await createOnce({ db, now, principal }, request, reply, async (tx) => {
        const page = issueSecret('lp_', principal.dealerId)
        await changePage(tx, principal, { id, hash: page.hash, now: now() })
        const dealer = await findDealer(tx)
        if (!dealer) throw new Error('a dealer with a promoter is gone')
        return {
          body: { url: promoterPageUrl(dealer.settings, page.text, publicUrl) },
          bodyOnReplay: { url: null },
          location: `/v1/promoters/${id}`
        }
      })
    }
  )

  app.delete(
    '/promoters/:id/page-link',
    operation({
      id: 'deletePromoterPageLink',
      tag: 'Promoters',
      summary: 'Take the address of a promoter’s own page away',
      description: 'It is answered no longer.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      answers: { 204: Type.Null({ description: 'There is none.' }) }
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { id } = request.params
      await db.transaction(principal.dealerId, (tx) =>
        changePage(tx, principal, { id, hash: null, now: now() })
      )
      return await reply.code(204).send(null)
    }
  )

  app.get(
    '/promoter-page/:secret',
    operation({
      id: 'getPromoterPage',
      tag: 'Public',
      summary: 'Read a promoter’s own page',
      description:
        'By whoever has its address. A removed promoter goes on seeing what they earned.',
      access: access.anyone,
      params: SecretParams,
      answers: { 200: ref(PromoterOwnPageSchema, 'The page.') }
    }),
    async (request) => {
      const page = await inPage(db, request.params.secret, async (tx, { id, name, state }) => {
        const dealer = await findDealer(tx)
        if (!dealer) throw new Error('a dealer with a promoter is gone')
        return {
          dealerName: dealer.name,
          name,
          state,
          links: await listPageLinks(tx, id),
          ...(await countPromoted(tx, id)),
          rewards: await findRewardTotals(tx, id)
        }
      })
      return presentPromoterPage(page, publicUrl)
    }
  )

  app.get(
    '/promoter-page/:secret/leads',
    operation({
      id: 'listPromotedLeads',
      tag: 'Public',
      summary: 'List the leads on a promoter’s own page',
      description: 'The newest first: how far each got, and nothing of the person.',
      access: access.anyone,
      params: SecretParams,
      query: LeadQuery,
      answers: { 200: ref(PromotedLeadPageSchema, 'A page of leads.') },
      paged: true
    }),
    async (request, reply) => {
      const asked = readPage(request.query, '-receivedAt')
      const page = await inPage(db, request.params.secret, async (tx, { id }) =>
        withoutIds(id, await listPromotedLeads(tx, id, withIds(id, asked)))
      )
      return presentPage(request, reply, page, presentPromotedLead, '-receivedAt')
    }
  )

  app.get(
    '/promoter-page/:secret/links/:code/qr',
    operation({
      id: 'getPromoterPageQr',
      tag: 'Public',
      summary: 'Draw a promoter’s link as a QR code',
      description:
        'As SVG or PNG, by `Accept`; as SVG where either will do. `If-None-Match` is heeded.',
      access: access.anyone,
      params: LinkParams,
      query: QrQuery,
      answers: { 200: QrAnswer, 304: Type.Null({ description: 'It is as it was.' }) },
      problems: ['not-acceptable']
    }),
    async (request, reply) => {
      const { secret, code } = request.params
      const isTheirs = await inPage(db, secret, (tx, { id }) =>
        hasLink(tx, { promoterId: id, code })
      )
      if (!isTheirs) throw problems.notFound('referral link')
      const url = referralUrl(publicUrl, code)
      return await sendQrCode(request, reply, url, readQrLook(request.query))
    }
  )
}

/** Gives a promoter's page a new secret, or takes it away. */
async function changePage(
  tx: Transaction,
  principal: TenantPrincipal,
  { id, hash, now }: { id: string; hash: string | null; now: Date }
): Promise<void> {
  const promoter = await lockPromoter(tx, principal, id)
  if (!promoter) throw problems.notFound('promoter')
  await setPageHash(tx, id, hash)
  await recordEvents(tx, actorOf(principal), now, [
    {
      type: 'promoter.updated',
      subject: { type: 'promoter', id },
      data: { fields: ['page'] }
    }
  ])
}

/** Works for the promoter whose page has this secret; 404 where there is none. */
async function inPage<T>(
  db: Database,
  text: string,
  work: (tx: Transaction, owner: Pick<Promoter, 'id' | 'name' | 'state'>) => Promise<T>
): Promise<T> {
  const page = readSecret('lp_', text)
  if (!page) throw problems.notFound('page')
  return await db.transaction(page.dealerId, async (tx) => {
    const owner = await findPageOwner(tx, page.hash)
    if (!owner) throw problems.notFound('page')
    return await work(tx, owner)
  })
}

/** A cursor holds a lead's id, which is none of the promoter's business. They don't know their own. */
function withoutIds<T>(promoterId: string, { data, next }: Page<T>): Page<T> {
  return { data, next: next && { ...next, id: maskId(next.id, promoterId) } }
}

function withIds(promoterId: string, page: PageRequest): PageRequest {
  const { after } = page
  return { ...page, after: after && { ...after, id: unmaskId(after.id, promoterId) } }
}
