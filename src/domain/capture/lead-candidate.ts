import { recognisableName, vehicleKey } from '../leads/contact.ts'
import type { LeadContent } from '../leads/lead.ts'
import type { CaptureCandidate } from './capture-facts.ts'

/** A lead that is known and perhaps not stored, as far as it tells who its person is. */
export interface EarlierLead {
  id: string
  content: Pick<LeadContent, 'contact' | 'vehicles' | 'isTest'>
  receivedAt: Date
  sourceId: string
  duplicateOf: string | null
  isQuarantined: boolean
}

/** A lead as a capture after it finds it. */
export function leadCandidate(
  { id, content, receivedAt, sourceId, duplicateOf, isQuarantined }: EarlierLead,
  {
    owner,
    statusGroup
  }: {
    owner: CaptureCandidate['owner']
    statusGroup: NonNullable<CaptureCandidate['lead']>['statusGroup']
  }
): CaptureCandidate {
  return {
    type: 'lead',
    id,
    name: recognisableName(content.contact),
    contact: content.contact,
    owner,
    lead: {
      statusGroup,
      sourceId,
      vehicleKey: vehicleKey(content.vehicles),
      receivedAt,
      duplicateOf,
      quarantined: isQuarantined,
      isTest: content.isTest
    }
  }
}
