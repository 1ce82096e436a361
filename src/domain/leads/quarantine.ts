import type { QuarantineCode } from '../reasons/decision-reasons.ts'
import { isReachable } from './contact.ts'
import type { LeadContent } from './lead.ts'

/** Why a lead is held until a person has looked at it, or null. */
export function quarantineReasonOf(content: LeadContent): QuarantineCode | null {
  return documentFault(content) ?? (isReachable(content.contact) ? null : 'unreachable')
}

/** The obstacle to reading a lead's document whole, or null. */
export function documentFault({ unmapped }: LeadContent): QuarantineCode | null {
  const codes = unmapped.map(({ code }) => code)
  if (codes.includes('unreadable_document')) return 'unreadable_document'
  return codes.includes('cut_document') ? 'cut_document' : null
}
