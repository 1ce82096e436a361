import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'

import { readSecret } from '../../security/credentials.ts'
import type { Dealer } from '../../domain/dealers/dealer.ts'
import { problems } from '../../http/problems.ts'
import { findUnsubscribeLink } from '../../repositories/auto-responses/unsubscribe-links.ts'
import { closed, requiredText } from '../../schemas/shared.ts'
import { findMailingDealer, unsubscribe } from '../../use-cases/auto-responses/unsubscribe.ts'
import { PAGE_CONTENT, access, operation } from '../../http/operation.ts'
import type { RouteOptions } from '../../http/options.ts'
import { refuseReader } from './error-page.ts'
import { readerLocale, sendPage, wantsPage } from './page.ts'
import { donePage, doneText, questionPage } from './unsubscribe-page.ts'

const LinkParams = Type.Object({ secret: requiredText(200, 'The secret from the mail.') }, closed)

/** Mail programs send one word in a form. The service does not read it. */
const BODY_LIMIT_BYTES = 4096
const FORMS = ['application/x-www-form-urlencoded', 'multipart/form-data']

const Text = Type.String({ examples: ['You will get no more automatic mails from Autohaus Nord.'] })

/** Unsubscribing from automatic mail: one click by RFC 8058, and a page for people. */
export const unsubscribeRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.setErrorHandler(refuseReader)
  app.addContentTypeParser(
    FORMS,
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES },
    (_, __, done) => {
      done(null, null)
    }
  )

  app.get(
    '/u/:secret',
    {
      exposeHeadRoute: true,
      ...operation({
        id: 'showUnsubscribePage',
        tag: 'Public',
        summary: 'Show the page to unsubscribe',
        description:
          'The page has one button, which posts to the same address. Opening the page changes ' +
          'nothing, because mail scanners open every link. The language is the first of ' +
          '`Accept-Language` that the service has, otherwise that of the mail.',
        access: access.anyone,
        params: LinkParams,
        responses: { 200: { description: 'The page.', content: PAGE_CONTENT } as never },
        pages: true
      })
    },
    async (request, reply) => {
      const dealer = await ofLink(request.params.secret, ({ dealerId, hash }) =>
        db.read(dealerId, async (tx) => {
          const link = await findUnsubscribeLink(tx, hash)
          return link && (await findMailingDealer(tx, link))
        })
      )
      return sendPage(reply, questionPage(forReader(request, dealer)))
    }
  )

  app.post(
    '/u/:secret',
    operation({
      id: 'unsubscribe',
      tag: 'Public',
      summary: 'Unsubscribe from automatic mail',
      description:
        'One-click unsubscription by RFC 8058, with the form `List-Unsubscribe=One-Click`. ' +
        'It takes effect at once, also for mails that are not sent yet, and is recorded as ' +
        'a refused consent. A repeat has no further effect.',
      access: access.anyone,
      params: LinkParams,
      responses: {
        200: {
          description: 'Unsubscribed. With `Accept: text/html` the response is a page.',
          content: { 'text/plain': { schema: Text }, ...PAGE_CONTENT }
        } as never
      },
      problems: ['payload-too-large', 'unsupported-media-type'],
      pages: true
    }),
    async (request, reply) => {
      const dealer = await ofLink(request.params.secret, ({ dealerId, hash }) =>
        unsubscribe(db, { dealerId, tokenHash: hash, now: now() })
      )
      const subject = forReader(request, dealer)
      if (wantsPage(request)) return sendPage(reply, donePage(subject))
      return reply
        .headers({ 'cache-control': 'no-store', vary: 'accept, accept-language' })
        .type('text/plain; charset=utf-8')
        .send(doneText(subject))
    }
  )
}

/** The dealer of a link; 404 when the link is unknown. */
async function ofLink(
  text: string,
  find: (secret: { dealerId: string; hash: string }) => Promise<Dealer | null>
): Promise<Dealer> {
  const secret = readSecret('lu_', text)
  const dealer = secret && (await find(secret))
  if (!dealer) throw problems.notFound('link to unsubscribe')
  return dealer
}

/** The dealer, in the language of the reader. */
function forReader(request: FastifyRequest, { name, locale }: Dealer) {
  return { name, locale: readerLocale(request, locale) }
}
