import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'

import type { Database, Transaction } from '../../database/client.ts'
import { isReferralCode } from '../../domain/promoters/promoter.ts'
import { problems } from '../../http/problems.ts'
import { countVisit, findVisitTarget } from '../../repositories/promoters/referral-links.ts'
import { ReferralTargetSchema } from '../../schemas/promoters/referral-link.ts'
import { closed, ref, requiredText } from '../../schemas/shared.ts'
import { access, operation } from '../../http/operation.ts'
import type { RouteOptions } from '../../http/options.ts'

const CodeParams = Type.Object({ code: requiredText(40, "A referral link's code.") }, closed)

/** For visitors without an account: referral links. */
export const publicRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  const words = operation({
    id: 'followReferralLink',
    tag: 'Public',
    summary: 'Follow a referral link',
    description:
      "Counts the visit and leads on to the link's target, or to the dealer's landing page, with " +
      '`ref` set to the code, for the page to send with its leads. `HEAD` does not count. A page that ' +
      'asks for `application/json` is told the target instead of being led there.',
    access: access.anyone,
    params: CodeParams,
    answers: {
      200: ref(ReferralTargetSchema, 'The target, for who asked for JSON.'),
      302: Type.Null({ description: 'To the target, named by `Location`.' })
    }
  })

  app.get('/r/:code', words, async (request, reply) => {
    const { code } = request.params
    const target = await inDealerOf(db, code, (tx) => countVisit(tx, code, now()))
    return sendOn(reply, target, code, request.headers.accept)
  })

  // Mail scanners and chat previews look this way before a person comes.
  app.head(
    '/r/:code',
    { ...words, schema: { params: CodeParams, hide: true } },
    async (request, reply) => {
      const { code } = request.params
      const target = await inDealerOf(db, code, (tx) => findVisitTarget(tx, code))
      return sendOn(reply, target, code)
    }
  )
}

async function inDealerOf(
  db: Database,
  code: string,
  work: (tx: Transaction) => Promise<string | null>
): Promise<string | null> {
  const dealerId = isReferralCode(code) ? await db.findDealerIdByReferralCode(code) : null
  return dealerId === null ? null : await db.transaction(dealerId, work)
}

function sendOn(reply: FastifyReply, target: string | null, code: string, accept?: string): never {
  if (target === null) throw problems.notFound('active referral link, or it leads nowhere yet')
  const url = new URL(target)
  url.searchParams.set('ref', code)
  void reply.headers({
    // Every visit is to be counted, and the code is no other site's to know.
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    vary: 'accept'
  })
  if (accept?.startsWith('application/json') === true) {
    return reply.code(200).send({ target: url.href }) as never
  }
  return reply.code(302).header('location', url.href).send() as never
}
