import { BLANK_CLIENT } from '../clients/client-fields.ts'
import type { ClientContent } from '../clients/client.ts'
import {
  EMPTY_ADDRESS,
  EMPTY_CONTACT,
  EMPTY_LEAD,
  EMPTY_PREQUALIFICATION,
  EMPTY_TIMEFRAME,
  vehicleOf
} from '../leads/empty-lead.ts'
import type { EmailAddress, LeadContent, PhoneNumber } from '../leads/lead.ts'
import type { LeadField } from '../leads/lead-field.ts'
import { setOwn } from './set-own.ts'

/** A row as far as it is read: the values that its columns gave. */
export interface RowDraft {
  /** By the field's part and member. */
  parts: Partial<Record<string, Record<string, unknown>>>
  emails: EmailAddress[]
  phones: PhoneNumber[]
}

/** Takes a field's value into the draft; the main e-mail and phone come first in any order of columns. */
export function putValue(draft: RowDraft, { part, member, kind }: LeadField, value: unknown): void {
  if (kind === 'email') draft.emails.unshift(...(value as EmailAddress[]))
  else if (kind === 'emails') draft.emails.push(...(value as EmailAddress[]))
  else if (kind === 'phone') draft.phones.unshift(...(value as PhoneNumber[]))
  else if (kind === 'phones') draft.phones.push(...(value as PhoneNumber[]))
  else if (kind === 'lines') addLines((draft.parts[part] ??= {}), member, value as string[])
  else setOwn((draft.parts[part] ??= {}), member, value)
}

/** Lines of several columns follow each other. */
function addLines(part: Record<string, unknown>, member: string, lines: readonly string[]): void {
  const before = part[member]
  part[member] = [...(Array.isArray(before) ? (before as string[]) : []), ...lines]
}

/** The row as a lead. That each value is what its member holds, the catalogue's test proves. */
export function leadContentOf({ parts, emails, phones }: RowDraft): LeadContent {
  const { contact, vehicle, timeframe, prequalification, attribution, customFields } = parts
  const home = parts['contact.address']
  const address = home ?? parts['contact.workAddress']
  return {
    ...EMPTY_LEAD,
    ...parts[''],
    contact: {
      ...EMPTY_CONTACT,
      ...contact,
      emails,
      phones,
      address: address ? { ...EMPTY_ADDRESS, type: home ? null : 'work', ...address } : null
    },
    vehicles: vehicle ? [vehicleOf(vehicle)] : [],
    timeframe: timeframe ? { ...EMPTY_TIMEFRAME, ...timeframe } : null,
    prequalification: prequalification ? { ...EMPTY_PREQUALIFICATION, ...prequalification } : null,
    attribution: { ...(attribution as LeadContent['attribution'] | undefined) },
    customFields: customFields ?? {}
  }
}

/** The row as a client. */
export function clientContentFromRow(content: LeadContent): ClientContent {
  const { contact, message, vehicles, customFields } = content
  return {
    ...BLANK_CLIENT,
    contact,
    description: message,
    vehicleInterests: vehicles,
    customFields
  }
}
