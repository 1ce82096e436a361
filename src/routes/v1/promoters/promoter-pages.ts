import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { readSecret } from '../../../security/credentials.ts'
import type { Database, Transaction } from '../../../database/client.ts'
import { promoterPageUrl } from '../../../domain/promoters/invitation.ts'
import type { PromoterPage } from '../../../domain/promoter-pages/promoter-page.ts'
import type { Promoter } from '../../../domain/promoters/promoter.ts'
import { maskId, unmaskId } from '../../../security/masked-ids.ts'
import { refuseLink } from '../../../http/ended-links.ts'
import { problems } from '../../../http/problems.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import type { Page, PageRequest } from '../../../repositories/paging.ts'
import {
  countPromoted,
  hasLink,
  listPageLinks,
  listPromotedLeads
} from '../../../repositories/promoters/promoter-pages.ts'
import { findPageOwner } from '../../../repositories/promoters/promoter-secrets.ts'
import { findRewardTotals } from '../../../repositories/sales/rewards.ts'
import {
  IssuedPageLinkSchema,
  PromotedLeadPageSchema,
  PromoterOwnPageSchema,
  presentPromotedLead,
  presentPromoterPage
} from '../../../schemas/promoters/promoter-page.ts'
import { QrCodeResponse, QrQuery, readQrLook } from '../../../schemas/promoters/qr-code.ts'
import { referralUrl } from '../../../schemas/promoters/referral-link.ts'
import { IdParams, closed, pageQuery, ref, requiredText } from '../../../schemas/shared.ts'
import { presentPage, readPage } from '../../../http/conventions.ts'
import { access, operation, withPage } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendCreated, sendDone } from '../../../http/resources.ts'
import { createPageLink } from '../../../use-cases/promoters/create-page-link.ts'
import type { IssuedPage } from '../../../use-cases/promoters/create-page-link.ts'
import { deletePageLink } from '../../../use-cases/promoters/delete-page-link.ts'
import { refuseOpener, refuseReader } from '../../public/error-page.ts'
import { opensPage, readerLocale, sendPage } from '../../public/page.ts'
import { promoterPage } from '../../public/promoter-page.ts'
import { sendQrCode } from '../../public/qr-codes.ts'

const secret = requiredText(100, 'The secret from the address of the page.')
const SecretParams = Type.Object({ secret }, closed)
const LinkParams = Type.Object(
  { secret, code: requiredText(40, 'The code of one of the promoter’s links.') },
  closed
)
const LeadQuery = Type.Object(pageQuery, closed)

/** A promoter's own page. Its address has a secret. */
export const promoterPageRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, publicUrl }
) => {
  app.setErrorHandler(refuseReader)
  app.post(
    '/promoters/:id/page-link',
    operation({
      id: 'createPromoterPageLink',
      tag: 'Promoters',
      summary: 'Create an address of a promoter’s page',
      description:
        'The page shows the promoter’s links and the progress of their leads. Anyone with the address can ' +
        'read the page. The address is shown once. Earlier addresses, as that of the welcome mail, go on ' +
        'opening the page: `DELETE` ends all of them. It leads to the dealer’s `promoterPage`, if set.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      responses: { 201: ref(IssuedPageLinkSchema, 'The address, shown once.') },
      idempotent: true
    }),
    async (request, reply) => {
      const promoterId = request.params.id
      return await sendCreated(request, reply, {
        now,
        create: (command) => createPageLink(db, { ...command, promoterId }),
        present: ({ dealer, secret }: IssuedPage): Static<typeof IssuedPageLinkSchema> => ({
          url: promoterPageUrl(dealer.settings, secret, publicUrl())
        }),
        presentReplay: () => ({ url: null }),
        location: () => `/v1/promoters/${promoterId}`
      })
    }
  )

  app.delete(
    '/promoters/:id/page-link',
    operation({
      id: 'deletePromoterPageLink',
      tag: 'Promoters',
      summary: 'Delete the addresses of a promoter’s page',
      description:
        'Ends all addresses of the page, also that of the welcome mail: the response to requests with them ' +
        'is then 410. `POST` creates another one.',
      access: access.tenant('member', 'write'),
      params: IdParams,
      responses: { 204: Type.Null({ description: 'The addresses are deleted.' }) }
    }),
    async (request, reply) =>
      await sendDone(request, reply, {
        now,
        run: (command) => deletePageLink(db, { ...command, promoterId: request.params.id })
      })
  )

  app.get(
    '/promoter-page/:secret',
    {
      // Scanners of links ask with HEAD first.
      exposeHeadRoute: true,
      errorHandler: (error, request, reply) => {
        void refuseOpener(error, request, reply)
      },
      ...operation({
        id: 'getPromoterPage',
        tag: 'Public',
        summary: 'Read a promoter’s page',
        description:
          'The address is the only credential. The page of a removed promoter remains ' +
          'available.',
        access: access.anyone,
        params: SecretParams,
        responses: {
          200: withPage(
            ref(PromoterOwnPageSchema, 'The page: HTML, or JSON with `Accept: application/json`.')
          )
        },
        problems: ['gone'],
        pages: true
      })
    },
    async (request, reply) => {
      const { secret } = request.params
      if (opensPage(request)) {
        const shown = await inPage(db, secret, async (tx, owner) => ({
          page: await findPage(tx, owner),
          newest: (await listPromotedLeads(tx, owner.id, NEWEST_LEADS)).data
        }))
        const { dealer, locale: ownLocale } = shown.page
        const locale = ownLocale ?? readerLocale(request, dealer.locale)
        return sendPage(reply, await promoterPage(shown, { locale, publicUrl: publicUrl() }))
      }
      void reply.header('vary', 'accept')
      return presentPromoterPage(await inPage(db, secret, findPage), publicUrl())
    }
  )

  app.get(
    '/promoter-page/:secret/leads',
    operation({
      id: 'listPromotedLeads',
      tag: 'Public',
      summary: 'List the leads on a promoter’s page',
      description: 'The newest leads first, with their progress and without personal data.',
      access: access.anyone,
      params: SecretParams,
      query: LeadQuery,
      responses: { 200: ref(PromotedLeadPageSchema, 'A page of leads.') },
      problems: ['gone'],
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
        'The image is SVG or PNG, by `Accept`, and SVG by default. A request may be conditional (`If-None-Match`).',
      access: access.anyone,
      params: LinkParams,
      query: QrQuery,
      responses: {
        200: QrCodeResponse,
        304: Type.Null({ description: 'Not modified.' })
      },
      problems: ['not-acceptable', 'gone']
    }),
    async (request, reply) => {
      const { secret, code } = request.params
      const isTheirs = await inPage(db, secret, (tx, { id }) =>
        hasLink(tx, { promoterId: id, code })
      )
      if (!isTheirs) throw problems.notFound('referral link')
      const url = referralUrl(publicUrl(), code)
      return await sendQrCode(request, reply, url, readQrLook(request.query))
    }
  )
}

/** The leads that the page for people shows. */
const NEWEST_LEADS = readPage({ limit: 100 }, '-receivedAt')

async function findPage(
  tx: Transaction,
  { id, name, state, locale }: PageOwner
): Promise<PromoterPage> {
  const dealer = await findDealer(tx)
  if (!dealer) throw new Error('the dealer of a promoter is missing')
  return {
    dealer,
    name,
    state,
    locale,
    links: await listPageLinks(tx, id),
    ...(await countPromoted(tx, id)),
    rewards: await findRewardTotals(tx, id)
  }
}

type PageOwner = Pick<Promoter, 'id' | 'name' | 'state' | 'locale'>

/** Reads for the promoter whose page has this secret; 404 where no page has it, 410 where one had. */
async function inPage<T>(
  db: Database,
  text: string,
  work: (tx: Transaction, owner: PageOwner) => Promise<T>
): Promise<T> {
  const page = readSecret('lp_', text)
  if (!page) throw problems.notFound('page')
  return await db.read(page.dealerId, async (tx) => {
    const owner = await findPageOwner(tx, page.hash)
    if (!owner) throw await refuseLink(tx, page.hash, 'page')
    return await work(tx, owner)
  })
}

/** A cursor has the id of a lead, which promoters must not see: it is masked with the promoter’s id. */
function withoutIds<T>(promoterId: string, { data, next }: Page<T>): Page<T> {
  return { data, next: next && { ...next, id: maskId(next.id, promoterId) } }
}

function withIds(promoterId: string, page: PageRequest): PageRequest {
  const { after } = page
  return { ...page, after: after && { ...after, id: unmaskId(after.id, promoterId) } }
}
