import { BLANK_CLIENT } from '../clients/client-fields.ts'
import type { ClientContent } from '../clients/client.ts'
import { EMPTY_ADDRESS, EMPTY_VEHICLE } from '../leads/empty-parts.ts'
import { EMPTY_CONTACT, EMPTY_LEAD } from '../leads/lead.ts'
import type { Contact, LeadContent, Vehicle } from '../leads/lead.ts'
import type { RowProblem } from './import.ts'
import type { RowDraft } from './row-draft.ts'

/** What a row says, or what is wrong with it. */
export interface ReadRow {
  draft: RowDraft
  contact: Contact
  customFields: Record<string, unknown>
  problems: RowProblem[]
}

/** The row as a lead. */
export function leadContentOf({ draft, contact, customFields }: ReadRow): LeadContent {
  return {
    ...EMPTY_LEAD,
    type: draft.type ?? 'inquiry',
    externalId: draft.externalId,
    submittedAt: draft.submittedAt,
    contact,
    message: draft.message,
    vehicles: vehiclesOf(draft),
    customFields
  }
}

/** The row as a client. */
export function clientContentOf({ draft, contact, customFields }: ReadRow): ClientContent {
  return {
    ...BLANK_CLIENT,
    contact,
    description: draft.description,
    vehicleInterests: vehiclesOf(draft),
    customFields
  }
}

/** The person a row is about. */
export function contactOf(draft: RowDraft): Contact {
  const { emails, phones, address } = draft
  return {
    ...EMPTY_CONTACT,
    ...draft.contact,
    emails,
    phones,
    address: Object.keys(address).length === 0 ? null : { ...EMPTY_ADDRESS, ...address }
  }
}

/** As in a posted lead: without an interest it is wanted; one that they have is used. */
function vehiclesOf({ vehicle }: RowDraft): Vehicle[] {
  if (Object.keys(vehicle).length === 0) return []
  const interest = vehicle.interest ?? 'buy'
  const condition = interest === 'trade-in' || interest === 'sell' ? 'used' : 'new'
  return [{ ...EMPTY_VEHICLE, condition, ...vehicle, interest }]
}
