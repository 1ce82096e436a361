import type { CapturePlan } from '../../../domain/capture/capture.ts'
import type { Lead, LeadContent } from '../../../domain/leads/lead.ts'
import type { CaptureContext } from '../../../repositories/leads/capture-question.ts'

/** The lead as it was just written: known without reading it back. */
export function describeNew(
  id: string,
  known: {
    content: LeadContent
    context: CaptureContext
    plan: CapturePlan
    source: NonNullable<CaptureContext['source']>
    receivedAt: Date
  }
): Lead {
  const { content, context, plan, source, receivedAt } = known
  const { referral, newStatus } = context
  const promoter = referral?.promoter
  return {
    id,
    content,
    source: { id: source.id, key: source.key, name: source.name },
    status: { ...newStatus, group: 'new' },
    statusReason: null,
    statusReasonText: null,
    assignee: plan.assignee,
    queue: plan.queue,
    promoter: promoter ? { id: promoter.id, name: promoter.name } : null,
    referralLink: referral ? { id: referral.id, code: referral.code } : null,
    client: null,
    duplicateOf: plan.duplicateOf,
    quarantineReason: plan.quarantineReason,
    temperature: plan.temperature,
    temperatureBy: plan.temperature === null ? null : 'score',
    score: plan.score,
    nextAction: null,
    version: 1,
    receivedAt,
    statusSince: receivedAt,
    lastTouchAt: null,
    updatedAt: receivedAt
  }
}
