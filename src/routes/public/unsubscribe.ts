import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'

import { readSecret } from '../../security/credentials.ts'
import type { Database, Transaction } from '../../database/client.ts'
import type { Dealer } from '../../domain/dealers/dealer.ts'
import { problems } from '../../http/problems.ts'
import { findUnsubscribeLink } from '../../repositories/auto-responses/unsubscribe-links.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { closed, requiredText } from '../../schemas/shared.ts'
import { unsubscribe } from '../../use-cases/auto-responses/unsubscribe.ts'
import { access, operation } from '../../http/operation.ts'
import type { RouteOptions } from '../../http/options.ts'
import { PAGE_POLICY, donePage, doneText, questionPage } from './unsubscribe-page.ts'

const LinkParams = Type.Object({ secret: requiredText(200, 'From the mail.') }, closed)

/** What mail programs send is one word in a form; whatever it is, it is not looked at. */
const BODY_LIMIT_BYTES = 4096
const FORMS = ['application/x-www-form-urlencoded', 'multipart/form-data']

const Page = Type.String({ examples: ['<!doctype html>…'] })
const Text = Type.String({ examples: ['You will get no more automatic mails from Autohaus Nord.'] })
const html = { 'text/html': { schema: Page } }

/** The way out of automatic mails: RFC 8058, and a page for people. */
export const unsubscribeRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now }
) => {
  app.addContentTypeParser(
    FORMS,
    { parseAs: 'buffer', bodyLimit: BODY_LIMIT_BYTES },
    (_, __, done) => {
      done(null, null)
    }
  )

  app.get(
    '/u/:secret',
    operation({
      id: 'showUnsubscribePage',
      tag: 'Public',
      summary: 'Ask whether somebody wants no more mails',
      description:
        'A page with one button, which posts to the same address. Looking changes nothing: mail ' +
        'scanners follow every link.',
      access: access.anyone,
      params: LinkParams,
      answers: { 200: { description: 'The page.', content: html } as never }
    }),
    async (request, reply) => {
      const dealer = await inDealerOf(db, request.params.secret, (tx, tokenHash) =>
        findUnsubscribeLink(tx, tokenHash)
      )
      return guard(reply).type('text/html; charset=utf-8').send(questionPage(dealer))
    }
  )

  app.post(
    '/u/:secret',
    operation({
      id: 'unsubscribe',
      tag: 'Public',
      summary: 'Want no more mails',
      description:
        'One click, by RFC 8058: `List-Unsubscribe=One-Click` as a form, which is not looked at. It ' +
        'holds at once, for mails that are owed already too, and stands on the record as a refused ' +
        'consent. Said again, it has no further effect.',
      access: access.anyone,
      params: LinkParams,
      answers: {
        200: {
          description: 'So it is; a page for who asks for `text/html`.',
          content: { 'text/plain': { schema: Text }, ...html }
        } as never
      },
      problems: ['payload-too-large', 'unsupported-media-type']
    }),
    async (request, reply) => {
      const dealer = await inDealerOf(db, request.params.secret, (tx, tokenHash) =>
        unsubscribe(tx, { tokenHash, now: now() })
      )
      const isPerson = request.headers.accept?.includes('text/html') === true
      const [type, body] = isPerson ? ['html', donePage(dealer)] : ['plain', doneText(dealer)]
      return guard(reply).type(`text/${type}; charset=utf-8`).send(body)
    }
  )
}

/** Does `work` where the secret says, and answers the dealer; 404 where there is no such link. */
async function inDealerOf(
  db: Database,
  text: string,
  work: (tx: Transaction, tokenHash: string) => Promise<unknown>
): Promise<Dealer> {
  const secret = readSecret('lu_', text)
  const dealer =
    secret &&
    (await db.transaction(secret.dealerId, async (tx) => {
      const found = await work(tx, secret.hash)
      return found === null || found === false ? null : await findDealer(tx)
    }))
  if (!dealer) throw problems.notFound('link to unsubscribe')
  return dealer
}

/** The address is a secret, and its page nobody else's to show. */
function guard(reply: FastifyReply): FastifyReply {
  return reply.headers({
    'cache-control': 'no-store',
    'content-security-policy': PAGE_POLICY,
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex',
    vary: 'accept'
  })
}
