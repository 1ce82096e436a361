import type { QuarantineCode } from '../reasons/decision-reasons.ts'
import { isReachable } from './contact.ts'
import type { LeadContent } from './lead.ts'

/** Why a lead is held until a person has looked at it, or null. */
export function quarantineReasonOf(content: LeadContent): QuarantineCode | null {
  return documentFault(content) ?? (isReachable(content.contact) ? null : 'unreachable')
}

/**
 * Whether a held lead is complete now: what came again can be read, and the lead has a usable e-mail or phone then.
 */
export function isMended(
  lead: { quarantineReason: QuarantineCode | null; content: LeadContent },
  again: LeadContent
): boolean {
  return (
    lead.quarantineReason !== null &&
    quarantineReasonOf(again) === null &&
    isReachable(lead.content.contact)
  )
}

/** The obstacle to reading a lead's document whole, or null. */
export function documentFault({ unmapped }: LeadContent): QuarantineCode | null {
  const codes = unmapped.map(({ code }) => code)
  if (codes.includes('unreadable_document')) return 'unreadable_document'
  return codes.includes('cut_document') ? 'cut_document' : null
}
