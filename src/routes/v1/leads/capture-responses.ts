import type { FastifyReply, FastifyRequest } from 'fastify'

import { hashSecret } from '../../../security/credentials.ts'
import { holdsScope } from '../../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../../domain/access/permissions.ts'
import type { Locale } from '../../../domain/dealers/dealer.ts'
import { presentReceipt } from '../../../schemas/leads/captured-lead.ts'
import type { CustomFieldFault } from '../../../domain/fields/custom-field.ts'
import { documentFault } from '../../../domain/leads/quarantine.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import { fieldMessageOf } from '../../../wording/reasons.ts'
import type { CaptureRefusal } from '../../../use-cases/leads/capture-leads.ts'
import type { Captured } from '../../../use-cases/leads/steps/describe-repeat.ts'

/** The responses to captures, shared by all routes that capture. */

/** A request by what it says: another under the same key has another hash. */
export function requestHashOf(request: FastifyRequest): string {
  return hashSecret(`${request.url}\n${request.rawText}`)
}

/** `base` is where in the request the lead stands. */
export function refuseCapture(
  refusal: CaptureRefusal,
  base = '',
  faults: readonly CustomFieldFault[] = []
): Problem {
  switch (refusal) {
    case 'unknown-source':
      return problems.validation([{ pointer: `${base}/source`, message: 'is not a known source' }])
    case 'inactive-source':
      return problems.validation([{ pointer: `${base}/source`, message: 'is not active' }])
    case 'unknown-referral':
      return problems.validation([
        { pointer: `${base}/referralCode`, message: 'is not the code of an active link' }
      ])
    case 'unknown-assignee':
      return problems.validation([{ pointer: `${base}/assignee`, message: 'is not a known user' }])
    case 'faulty-fields':
      return problems.validation(
        faults.map(({ key, reason }) => ({
          pointer: `${base}/customFields/${key}`,
          message: fieldMessageOf(reason)
        }))
      )
    case 'key-reused':
      return problems.idempotencyKeyReused()
  }
}

/** Whether the caller sees leads: a key with only `leads:capture` gets receipts. */
export function maySeeLeads(principal: TenantPrincipal): boolean {
  return principal.kind === 'user' || holdsScope(principal.scopes, 'read')
}

export function presentCaptureReceipt({ lead, outcome }: Captured, locale: Locale) {
  return presentReceipt(lead, outcome, locale)
}

/** Logs each captured lead by its id. */
export function logCaptured(request: FastifyRequest, captured: readonly Captured[]): void {
  for (const { lead, outcome } of captured) {
    request.log.info({ leadId: lead.id, outcome, duplicateOf: lead.duplicateOf }, 'lead captured')
  }
}

/**
 * 201 with the lead, 202 where it is a document that could not be read, or 200 where nothing new was stored;
 * for a body with several leads, each of them.
 */
export function sendCaptured(
  reply: FastifyReply,
  captured: readonly Captured[],
  present: (one: Captured) => object,
  isList: boolean
): never {
  const isRepeat = captured.every(({ outcome }) => outcome === 'repeated')
  if (isRepeat) void reply.header('idempotent-replayed', 'true')
  const [first] = captured
  if (!isRepeat && first) void reply.header('location', `/v1/leads/${first.lead.id}`)
  const body = isList ? { data: captured.map(present) } : first && present(first)
  // The response has three shapes; a compiled serialiser would try each in turn.
  void reply.serializer(JSON.stringify)
  return reply
    .code(
      isRepeat
        ? 200
        : captured.every(({ lead }) => documentFault(lead.content) !== null)
          ? 202
          : 201
    )
    .type('application/json; charset=utf-8')
    .send(body) as never
}
