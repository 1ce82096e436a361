import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'

import type { Dealer } from '../../../domain/dealers/dealer.ts'
import { PUBLIC_ACTOR } from '../../../domain/events/event.ts'
import { isReferralCode } from '../../../domain/promoters/promoter.ts'
import { FORM_TYPES } from '../../../http/bodies/media-types.ts'
import { idempotencyKeyOf } from '../../../http/conventions.ts'
import type { DealerProfiles } from '../../../http/dealer-profiles.ts'
import { readLeadBodies } from '../../../http/lead-body.ts'
import { LenientBody, bodyObject } from '../../../http/lenient-body.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { sendProblem, toProblem } from '../../../http/plugins/problem-details.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import { ReferredLeadResponseSchema } from '../../../schemas/leads/captured-lead.ts'
import { CreateReferredLeadSchema } from '../../../schemas/leads/lead-input.ts'
import { ref } from '../../../schemas/shared.ts'
import { captureLeads } from '../../../use-cases/leads/capture-leads.ts'
import type { CaptureRefusal } from '../../../use-cases/leads/capture-leads.ts'
import { refuseIn, refuseWithPage } from '../../public/error-page.ts'
import { wantsPage } from '../../public/page.ts'
import {
  presentCaptureReceipt,
  refuseCapture,
  requestHashOf,
  sendCaptured
} from '../leads/capture-responses.ts'
import { ownPointsAt } from '../leads/own-points.ts'
import { CodeParams, findLink } from './referral-code.ts'

interface ReferredLeadOptions extends RouteOptions {
  profiles: DealerProfiles
}

/** Without credentials one request announces a few leads at most. A list of more is held as one document. */
const MAX_LEADS = 10

/** The source of leads from referral links. */
const SOURCE = { key: 'referral' }

/** Leads of landing pages: JSON from scripts, and forms, whose senders are browsers. */
export const referredLeadRoutes: FastifyPluginAsyncTypebox<ReferredLeadOptions> = async (
  app,
  options
) => {
  const { db, now, profiles, mailDomain, mailFrom } = options
  const leadBody = new LenientBody<Static<typeof CreateReferredLeadSchema>>(
    app,
    CreateReferredLeadSchema
  )
  app.post(
    '/referrals/:code/leads',
    {
      ...operation({
        id: 'createReferredLead',
        tag: 'Public',
        summary: 'Create a lead through a referral link',
        description:
          'The lead belongs to the user of the link. The promoter of the link, if any, gets the credit. The ' +
          'response is a receipt without data of the dealer or of other people. Values are read as by ' +
          '`POST /v1/leads`. Unknown fields are kept in `unmapped`, `source` and `assignee` among them. A list has up to ' +
          '10 leads. The body can also be a form: `application/x-www-form-urlencoded` or ' +
          '`multipart/form-data`. Names of fields are guessed, such as `your-email`, `contact[phone]` or ' +
          '`nombre`; unknown fields are kept in `unmapped`, and files are not stored. A browser that posts ' +
          'a form gets 303 to the page of the dealer’s setting `formThanksUrl` or `formErrorUrl`, or to a ' +
          'page of the API. With `Accept: application/json` it gets the response for JSON. Other problems of ' +
          'a form are HTML for a browser.',
        access: access.anyone,
        params: CodeParams,
        body: ref(CreateReferredLeadSchema),
        responses: {
          200: ref(ReferredLeadResponseSchema, 'The lead of the first request.'),
          201: ref(ReferredLeadResponseSchema, 'The stored lead.'),
          202: ref(
            ReferredLeadResponseSchema,
            'A body that could not be read completely. It is stored, and the lead waits in quarantine for a check by a user.'
          ),
          303: Type.Null({
            description: 'The redirect of a browser that posted a form, to the page in `Location`.'
          })
        },
        shows: {
          200: { outcome: 'repeated', externalId: null },
          201: { externalId: null },
          202: { outcome: 'quarantined', externalId: null }
        },
        problems: ['unreachable-contact', 'conflict'],
        idempotent: true,
        pages: true
      }),
      validatorCompiler: leadBody.validatorCompiler,
      errorHandler: (error, request, reply) => {
        refuseForm(error, request, reply, options).catch(() => refuseSender(error, request, reply))
      }
    },
    async (request, reply) => {
      const { posted } = request
      if ((request.body as unknown) === undefined)
        throw problems.badRequest('The request needs a body.')
      if (posted?.kind === 'json' && posted.otherwise === null) bodyObject(posted.value)
      const { code } = request.params
      const { dealerId, linkId } = await findLink(db, code)
      const dealer = await profiles.get(dealerId)
      if (!posted || posted.kind === 'document') {
        throw problems.unsupportedMediaType('Send application/json or a form.')
      }
      const read = await readLeadBodies(posted, {
        leadBody,
        dealer,
        maxLeads: MAX_LEADS,
        // A page that sends JSON can correct as little as a form.
        takesUnknownMembers: () => Promise.resolve(true),
        findCustomFields: () => Promise.resolve([]),
        findOwnPoints: () => ownPointsAt(db, dealerId)
      })
      const key = idempotencyKeyOf(request)
      const requestHash = requestHashOf(request)
      const result = await captureLeads(db, {
        dealerId,
        actor: PUBLIC_ACTOR,
        viewer: null,
        leads: read.map(({ content }) => ({
          content,
          source: SOURCE,
          referralCode: code,
          assigneeId: null,
          pointer: ''
        })),
        payload: { contentType: request.rawType, body: request.rawText },
        isReferralRequired: true,
        idempotency: key === null ? null : { principalId: linkId, key, requestHash },
        receivedAt: now(),
        fieldParsers: null,
        mailDomain,
        mailFrom
      })
      if ('refusal' in result) throw refuseReferral(result.refusal)
      for (const { lead, outcome } of result.captured) {
        request.log.info({ leadId: lead.id, linkId, outcome }, 'lead captured by referral')
      }
      const isLost = result.captured.every(
        ({ lead: { quarantineReason } }) => quarantineReason === 'unreachable'
      )
      // It is stored without a usable e-mail or phone: the person may still give one.
      if (isLost && isBrowserForm(request)) {
        return showPage(reply, errorPageOf(dealer, 'unreachable-contact', { code, options }))
      }
      return isBrowserForm(request)
        ? showPage(reply, dealer.settings.formThanksUrl ?? pageOf(options, code))
        : sendCaptured(
            reply,
            result.captured,
            (one) => presentCaptureReceipt(one, dealer.locale),
            read.length > 1
          )
    }
  )
}

/** The page of the API after a form. */
function pageOf({ publicUrl }: RouteOptions, code: string): string {
  return `${publicUrl()}/r/${code}/form`
}

function showPage(reply: FastifyReply, url: string): never {
  return reply.code(303).header('location', url).send() as never
}

/** Whether a browser shows the response to a person: a form, and no script that reads it. */
function isBrowserForm({ headers, posted }: FastifyRequest): boolean {
  const [mediaType = ''] = (headers['content-type'] ?? '').split(';', 1)
  const isForm = posted?.kind === 'form' || FORM_TYPES.includes(mediaType.trim().toLowerCase())
  const accept = headers.accept ?? ''
  if (!isForm || accept.includes('text/html')) return isForm
  const mode = headers['sec-fetch-mode'] ?? 'navigate'
  return (
    mode === 'navigate' && !accept.includes('json') && headers['x-requested-with'] === undefined
  )
}

/** A person who sent a form sees a page that says what is wrong; a fault of the page or of ours is a problem. */
async function refuseForm(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
  options: ReferredLeadOptions
): Promise<FastifyReply> {
  const problem = toProblem(error)
  const { code = '' } = request.params as { code?: string }
  const dealer = isBrowserForm(request) ? await dealerOf(code, options) : null
  if (!dealer) return refuseSender(error, request, reply)
  if (!SHOWN.has(problem.status)) return refuseIn(error, request, reply, dealer.locale)
  request.log.info({ problem: problem.type }, 'form refused')
  return showPage(reply, errorPageOf(dealer, problem.type, { code, options }))
}

function errorPageOf(
  { settings }: Pick<Dealer, 'settings'>,
  error: string,
  { code, options }: { code: string; options: RouteOptions }
): string {
  const url = new URL(settings.formErrorUrl ?? pageOf(options, code))
  url.searchParams.set('error', error)
  return url.href
}

/** A browser shows a page, and a program reads a problem. */
function refuseSender(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply
): FastifyReply {
  return isBrowserForm(request) || wantsPage(request)
    ? refuseWithPage(error, request, reply)
    : sendProblem(error, request, reply)
}

const SHOWN: ReadonlySet<Problem['status']> = new Set([400, 409, 413, 415, 422])

async function dealerOf(
  code: string,
  { db, profiles }: ReferredLeadOptions
): Promise<Dealer | null> {
  const dealerId = isReferralCode(code) ? await db.findDealerIdByReferralCode(code) : null
  return dealerId === null ? null : await profiles.get(dealerId)
}

/** Faults of the source or the user are hidden, because the visitor has not chosen them. */
function refuseReferral(refusal: CaptureRefusal) {
  switch (refusal) {
    case 'unknown-referral':
      return problems.notFound('active referral link')
    case 'unknown-source':
    case 'inactive-source':
    case 'unknown-assignee':
      return problems.conflict('The dealer does not accept leads from referral links now.')
    case 'faulty-fields':
    case 'key-reused':
      return refuseCapture(refusal)
  }
}
