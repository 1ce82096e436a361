import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import type { Database } from '../../../database/client.ts'
import { PUBLIC_ACTOR } from '../../../domain/events/event.ts'
import { isReferralCode } from '../../../domain/promoters/promoter.ts'
import { problems } from '../../../http/problems.ts'
import { findActiveLink } from '../../../repositories/promoters/referral-links.ts'
import { LeadReceiptSchema } from '../../../schemas/leads/captured-lead.ts'
import { hasContactPoint } from '../../../schemas/leads/contact.ts'
import { CreateReferredLeadSchema, readLead } from '../../../schemas/leads/lead-input.ts'
import { SignUpPromoterSchema, SignUpReceiptSchema } from '../../../schemas/promoters/promoter.ts'
import { closed, ref, requiredText } from '../../../schemas/shared.ts'
import { captureLeads } from '../../../use-cases/leads/capture-leads.ts'
import type { CaptureRefusal } from '../../../use-cases/leads/capture-leads.ts'
import { signUpPromoter } from '../../../use-cases/promoters/sign-up-promoter.ts'
import {
  presentCaptureReceipt,
  refuseCapture,
  requestHashOf,
  sendCaptured,
  withUnmapped
} from '../leads/capture-responses.ts'
import { FieldCheck, readPhoneNumber } from '../../../http/checked-fields.ts'
import { idempotencyKeyOf } from '../../../http/conventions.ts'
import { DealerProfiles } from '../../../http/dealer-profiles.ts'
import { LenientBody, bodyObject } from '../../../http/lenient-body.ts'
import { accept } from '../../../http/resources.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { allowOrigin } from '../../../http/web-origins.ts'

const CodeParams = Type.Object({ code: requiredText(40, 'The code of the referral link.') }, closed)

/** Routes for landing pages of referral links. They need no credentials. */
export const referralRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, mailDomain, mailFrom }
) => {
  const profiles = new DealerProfiles(db)
  app.addHook('onRequest', async (request, reply) => {
    await allowOrigin(request, reply, async () => {
      const { code = '' } = request.params as { code?: string }
      const dealerId = isReferralCode(code) ? await db.findDealerIdByReferralCode(code) : null
      return dealerId === null ? [] : (await profiles.get(dealerId)).settings.webOrigins
    })
  })
  for (const record of ['leads', 'promoters']) {
    app.options(
      `/referrals/:code/${record}`,
      { schema: { params: CodeParams, hide: true }, config: { access: access.anyone } },
      async (_request, reply) => reply.code(204).send()
    )
  }

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
          '`createLead`.',
        access: access.anyone,
        params: CodeParams,
        body: ref(CreateReferredLeadSchema),
        responses: {
          200: ref(LeadReceiptSchema, 'The lead of the first request.'),
          201: ref(LeadReceiptSchema, 'The stored lead.')
        },
        problems: ['unreachable-contact', 'conflict'],
        idempotent: true
      }),
      validatorCompiler: leadBody.validatorCompiler
    },
    async (request, reply) => {
      const posted = bodyObject(request.body)
      const { code } = request.params
      const { dealerId, linkId } = await findLink(db, code)
      const dealer = await profiles.get(dealerId)
      const read = leadBody.read(posted, dealer, false)
      if ('faults' in read) throw problems.validation(read.faults)
      if (!hasContactPoint(read.body.contact)) throw problems.unreachableContact()
      const content = withUnmapped(readLead(read.body, dealer.country), read)
      const key = idempotencyKeyOf(request)
      const requestHash = requestHashOf(request)
      const result = await captureLeads(db, {
        dealerId,
        actor: PUBLIC_ACTOR,
        contents: [content],
        payload: {
          contentType: request.headers['content-type'] ?? 'application/json',
          body: request.rawText
        },
        source: { key: 'referral' },
        referralCode: code,
        assigneeId: null,
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
      return sendCaptured(reply, result.captured, presentCaptureReceipt, false)
    }
  )

  app.post(
    '/referrals/:code/promoters',
    operation({
      id: 'signUpPromoter',
      tag: 'Public',
      summary: 'Sign up as a promoter',
      description:
        'The promoter belongs to the user of the link and is `pending` until a user of the dealer ' +
        'approves. The response is the same for new and known people, and a repeat changes nothing.',
      access: access.anyone,
      params: CodeParams,
      body: ref(SignUpPromoterSchema),
      responses: { 202: ref(SignUpReceiptSchema, 'Received.') }
    }),
    async (request, reply) => {
      const { code } = request.params
      const { dealerId } = await findLink(db, code)
      const { country } = await profiles.get(dealerId)
      const { name, phone = null, locale = null } = request.body
      const check = new FieldCheck()
      const email = check.emailKey('/email', request.body.email)
      check.finish()
      const person = { name, email, phone: readPhoneNumber(phone, country), locale }
      accept(await signUpPromoter(db, { dealerId, code, person, now: now() }))
      return reply.code(202).send({ received: true })
    }
  )
}

async function findLink(db: Database, code: string): Promise<{ dealerId: string; linkId: string }> {
  const dealerId = isReferralCode(code) ? await db.findDealerIdByReferralCode(code) : null
  const link = dealerId && (await db.read(dealerId, (tx) => findActiveLink(tx, code)))
  if (dealerId === null || !link) throw problems.notFound('active referral link')
  return { dealerId, linkId: link.id }
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
