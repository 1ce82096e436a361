import { recognisableName } from '../leads/contact.ts'
import type { Consent, Contact, Reference } from '../leads/lead.ts'
import type { Vehicle } from '../leads/vehicle.ts'

/** A person or organisation that a lead was verified to be. */
export interface ClientContent {
  contact: Contact
  description: string | null
  vehicleInterests: Vehicle[]
  consents: Consent[]
  customFields: Record<string, unknown>
}

export interface Client {
  id: string
  displayName: string
  content: ClientContent
  source: (Reference & { key: string }) | null
  responsibleUser: Reference | null
  /** The company they belong to. */
  account: Reference | null
  /** The lead it was made from, as long as that lead is its own. */
  createdFromLeadId: string | null
  version: number
  createdAt: Date
  updatedAt: Date
}

/** A client's name in lists: the person's, else the first way to reach them. */
export function clientName(contact: Contact): string | null {
  return recognisableName(contact)
}

/** The members of an existing client that a conversion may fill. */
export interface FillableClient {
  content: ClientContent
  accountId: string | null
  responsibleUserId: string | null
}
