import type { Consent, Contact, Vehicle } from './lead.ts'

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
  sourceId: string | null
  responsibleUserId: string | null
  createdFromLeadId: string | null
  version: number
  createdAt: Date
  updatedAt: Date
}
