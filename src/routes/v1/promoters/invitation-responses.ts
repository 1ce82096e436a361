import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'

import { readSecret } from '../../../security/credentials.ts'
import { promoterPageUrl } from '../../../domain/promoters/invitation.ts'
import { refuseLink } from '../../../http/ended-links.ts'
import { toProblem } from '../../../http/plugins/problem-details.ts'
import { problems } from '../../../http/problems.ts'
import { findDealer } from '../../../repositories/dealers/dealers.ts'
import {
  findAcceptedInvitation,
  findInvitation
} from '../../../repositories/promoters/promoter-secrets.ts'
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
import { accept } from '../../../http/resources.ts'
import { access, operation, withPage } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { errorPage, refuseOpener, refuseReader } from '../../public/error-page.ts'
import { contactLines } from '../../public/contact-lines.ts'
import { acceptedPage, invitationPage } from '../../public/invitation-page.ts'
import type { RefusedFields } from '../../public/invitation-page.ts'
import { opensPage, readerLocale, sendPage, wantsPage } from '../../public/page.ts'

const SecretParams = Type.Object(
  { secret: requiredText(100, 'The secret from the invitation mail.') },
  closed
)

const FORM = 'application/x-www-form-urlencoded'
const FORM_LIMIT = 8192

/** Routes for invited people. They need the secret of the mail and no other credentials. */
export const invitationResponseRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, publicUrl, linkSecret, mailDomain }
) => {
  app.setErrorHandler(refuseReader)
  app.addContentTypeParser(FORM, { parseAs: 'string', bodyLimit: FORM_LIMIT }, (_, body, done) => {
    const fields = [...new URLSearchParams(String(body))].filter(([, text]) => text.trim() !== '')
    done(null, Object.fromEntries(fields))
  })

  /** The page of an invitation that can still be accepted, or that was. */
  const showInvitation = async (
    request: FastifyRequest<{ Params: { secret: string } }>,
    reply: FastifyReply,
    refused: RefusedFields | null
  ): Promise<never> => {
    const { secret } = request.params
    const { dealerId, hash } = readInvitation(secret)
    const [dealer, invitation, accepted, refusal] = await db.read(dealerId, async (tx) => [
      await findDealer(tx),
      await findInvitation(tx, hash),
      await findAcceptedInvitation(tx, hash),
      await refuseLink(tx, hash, 'invitation')
    ])
    if (dealer && accepted) {
      const locale = accepted.locale ?? readerLocale(request, dealer.locale)
      return sendPage(reply, acceptedPage(dealer, locale), { status: 410 })
    }
    if (!dealer || !invitation) throw refusal
    const locale = invitation.locale ?? readerLocale(request, dealer.locale)
    if (invitation.expiresAt <= now()) {
      return sendPage(reply, errorPage(locale, 410, contactLines(dealer)), { status: 410 })
    }
    const { pathname } = new URL(publicUrl())
    const action = `${pathname.replace(/\/$/, '')}/v1/promoter-invitations/${secret}/accept`
    const html = invitationPage(invitation, { locale, action, refused })
    const formTargets = [publicUrl(), dealer.settings.promoterPage]
    return sendPage(reply, html, { status: refused ? 422 : 200, formTargets })
  }

  app.get(
    '/promoter-invitations/:secret',
    {
      // Scanners of links ask with HEAD first.
      exposeHeadRoute: true,
      errorHandler: (error, request, reply) => {
        void refuseOpener(error, request, reply)
      },
      ...operation({
        id: 'getPromoterInvitation',
        tag: 'Public',
        summary: 'Read an invitation',
        description:
          'After the acceptance, or when a newer invitation replaced this one, the response is 410 and ' +
          'says which. An unknown secret is 404.',
        access: access.anyone,
        params: SecretParams,
        responses: {
          200: withPage(
            ref(
              PromoterInvitationSchema,
              'The invitation: a page, or JSON with `Accept: application/json`.'
            )
          )
        },
        problems: ['gone'],
        pages: true
      })
    },
    async (request, reply) => {
      if (opensPage(request)) return await showInvitation(request, reply, null)
      void reply.header('vary', 'accept')
      const { dealerId, hash } = readInvitation(request.params.secret)
      const [invitation, refusal] = await db.read(dealerId, async (tx) => [
        await findInvitation(tx, hash),
        await refuseLink(tx, hash, 'invitation')
      ])
      if (!invitation) throw refusal
      return presentInvitation(invitation)
    }
  )

  app.post(
    '/promoter-invitations/:secret/accept',
    {
      ...operation({
        id: 'acceptPromoterInvitation',
        tag: 'Public',
        summary: 'Accept an invitation',
        description:
          'The person becomes an active promoter with a referral link and a page, and gets a mail with ' +
          'the address of the page. The ' +
          'response to a second request, and to an expired or replaced invitation, is 410. The body can ' +
          'also be a form of a page. With `Accept: text/html` the response is then 303 to the promoter’s ' +
          'page.',
        access: access.anyone,
        params: SecretParams,
        body: ref(AcceptInvitationSchema),
        responses: {
          200: ref(AcceptedInvitationSchema, 'The promoter’s page and link.'),
          303: Type.Null({ description: 'The redirect of a browser, to the page in `Location`.' })
        },
        problems: ['gone'],
        pages: true
      }),
      errorHandler: (error, request, reply) => {
        // An invitation that expired, or was accepted, says so itself.
        const isShown = wantsPage(request) && [410, 422].includes(toProblem(error).status)
        const shown = isShown
          ? showInvitation(request, reply, enteredIn(request.body))
          : Promise.resolve(refuseReader(error, request, reply))
        shown.catch((failure: unknown) => refuseReader(failure as FastifyError, request, reply))
      }
    },
    async (request, reply) => {
      const { dealerId, hash } = readInvitation(request.params.secret)
      const dealer = await db.read(dealerId, findDealer)
      if (!dealer) throw problems.notFound('invitation')
      const { phone, ...details } = request.body
      const contact = phone === undefined ? {} : { phone: readPhoneNumber(phone, dealer.country) }
      const accepted = accept(
        await acceptInvitation(db, {
          dealerId,
          hash,
          details: { ...details, ...contact },
          linkSecret,
          mailDomain,
          now: now()
        })
      )
      const { pageSecret, link } = accepted
      request.log.info({ linkId: link.id }, 'invitation accepted')
      const pageUrl = promoterPageUrl(dealer.settings, pageSecret, publicUrl())
      if (wantsPage(request)) {
        return reply
          .code(303)
          .header('location', pageUrl)
          .send(undefined as never)
      }
      return {
        pageUrl,
        link: { code: link.code, url: referralUrl(publicUrl(), link.code) }
      }
    }
  )
}

/** What a form held, whether or not it was right. */
function enteredIn(body: unknown): RefusedFields {
  const { name, phone } = (body ?? {}) as Record<string, unknown>
  const text = (value: unknown) => (typeof value === 'string' ? value : '')
  return { name: text(name), phone: text(phone) }
}

function readInvitation(text: string): { dealerId: string; hash: string } {
  const secret = readSecret('li_', text)
  if (!secret) throw problems.notFound('invitation')
  return secret
}
