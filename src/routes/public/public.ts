import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'

import type { Database } from '../../database/client.ts'
import { isReferralCode } from '../../domain/promoters/promoter.ts'
import { problems } from '../../http/problems.ts'
import { findVisit } from '../../repositories/promoters/referral-links.ts'
import { ReferralTargetSchema } from '../../schemas/promoters/referral-link.ts'
import { closed, ref, requiredText } from '../../schemas/shared.ts'
import { FOLLOWED, followReferralLink } from '../../use-cases/promoters/follow-referral-link.ts'
import { access, operation } from '../../http/operation.ts'
import { accept } from '../../http/resources.ts'
import type { RouteOptions } from '../../http/options.ts'
import { refuseReader } from './error-page.ts'

const CodeParams = Type.Object({ code: requiredText(40, 'The code of the referral link.') }, closed)

/** For visitors without an account: referral links. */
export const publicRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, publicUrl }
) => {
  app.setErrorHandler(refuseReader)
  const landing = (code: string) => `${publicUrl()}/r/${code}/landing`

  const following = operation({
    id: 'followReferralLink',
    tag: 'Public',
    summary: 'Follow a referral link',
    description:
      'Counts the visit and redirects to the target of the link. Default: the dealer’s ' +
      'landing page, or a page of the service with a form. The URL of the target gets the parameter `ref` with the code; the page ' +
      'sends it with its leads. `HEAD` counts no visit. With `Accept: application/json` the ' +
      'response is the target as JSON.',
    access: access.anyone,
    params: CodeParams,
    responses: {
      200: ref(ReferralTargetSchema, 'The target, as JSON.'),
      302: Type.Null({ description: 'A redirect to the target in `Location`.' })
    },
    pages: true
  })

  app.get('/r/:code', following, async (request, reply) => {
    const { code } = request.params
    const dealerId = await findDealerId(db, code)
    const { target } = accept(await followReferralLink(db, { dealerId, code, now: now() }))
    return redirect(reply, target ?? landing(code), code, request.headers.accept)
  })

  // Mail scanners and chat previews send HEAD before a person visits.
  app.head(
    '/r/:code',
    { ...following, schema: { params: CodeParams, hide: true } },
    async (request, reply) => {
      const { code } = request.params
      const dealerId = await findDealerId(db, code)
      const visit = await db.read(dealerId, (tx) => findVisit(tx, code))
      if (visit === null) throw problems.notFound(FOLLOWED)
      return redirect(reply, visit.target ?? landing(code), code)
    }
  )
}

async function findDealerId(db: Database, code: string): Promise<string> {
  const dealerId = isReferralCode(code) ? await db.findDealerIdByReferralCode(code) : null
  if (dealerId === null) throw problems.notFound(FOLLOWED)
  return dealerId
}

function redirect(reply: FastifyReply, target: string, code: string, mediaTypes?: string): never {
  const url = new URL(target)
  url.searchParams.set('ref', code)
  void reply.headers({
    // A cache would hide visits from the count. Other sites must not see the code.
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    vary: 'accept'
  })
  if (mediaTypes?.startsWith('application/json') === true) {
    return reply.code(200).send({ target: url.href }) as never
  }
  return reply.code(302).header('location', url.href).send() as never
}
