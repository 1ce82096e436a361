import type { FastifyReply, FastifyRequest } from 'fastify'

import { hashSecret } from '../../../security/credentials.ts'
import type { CustomFieldFault } from '../../../domain/fields/custom-field.ts'
import { problems } from '../../../http/problems.ts'
import type { Problem } from '../../../http/problems.ts'
import { fieldMessageOf } from '../../../wording/reasons.ts'
import type { Captured, CaptureRefusal } from '../../../use-cases/leads/capture-leads.ts'

/** What captures answer, on whichever route they came in. */

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

/** 201 with the lead, or 200 where nothing new was stored; for a document, each prospect's. */
export function sendCaptured(
  reply: FastifyReply,
  captured: readonly Captured[],
  present: (one: Captured) => object,
  isDocument: boolean
): never {
  const isRepeat = captured.every(({ outcome }) => outcome === 'repeated')
  if (isRepeat) void reply.header('idempotent-replayed', 'true')
  const [first] = captured
  if (!isRepeat && first) void reply.header('location', `/v1/leads/${first.lead.id}`)
  const body = isDocument ? { data: captured.map(present) } : first && present(first)
  // The answer has three shapes; a compiled serialiser would try each in turn.
  void reply.serializer(JSON.stringify)
  return reply
    .code(isRepeat ? 200 : 201)
    .type('application/json; charset=utf-8')
    .send(body) as never
}
