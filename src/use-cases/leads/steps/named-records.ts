import type { UnmappedValue } from '../../../domain/leads/lead.ts'
import type { CaptureContext } from '../../../repositories/leads/capture-question.ts'
import type { DirectedLead } from '../../../domain/capture/directed-lead.ts'

/**
 * The content and its context with the user and the link that the sender names, as far as they are
 * known. An unknown one costs no lead: its text is kept in `unmapped`, and told.
 */
export function namedRecords({
  lead: { content, referralCode, assigneeId, pointer },
  context
}: {
  lead: DirectedLead
  context: CaptureContext
}): { content: DirectedLead['content']; context: CaptureContext } {
  const referral = context.referral?.active === true ? context.referral : null
  const unknown = [
    { path: `${pointer}/referralCode`, text: referralCode, isKnown: referral !== null },
    { path: `${pointer}/assignee`, text: assigneeId, isKnown: context.namedAssignee !== null }
  ].flatMap(({ path, text, isKnown }): UnmappedValue[] =>
    text === null || isKnown ? [] : [{ path, text, code: 'unknown_reference' }]
  )
  if (unknown.length === 0) return { content, context }
  return {
    content: { ...content, unmapped: [...content.unmapped, ...unknown] },
    context: { ...context, referral }
  }
}
