import type { Static } from '@fastify/type-provider-typebox'

import type { Contact, LeadContent } from '../../domain/leads/lead.ts'
import { readContact } from './contact.ts'
import type { ContactInputSchema } from './contact.ts'
import { readPrequalification, readTimeframe } from './lead-parts.ts'
import type { PatchLeadSchema } from './lead-input.ts'
import { mergePatch } from '../merge-patch.ts'
import { readVehicle } from './vehicle.ts'

type ContactInput = Static<typeof ContactInputSchema>
type Patch = Static<typeof PatchLeadSchema>

/** The content with a merge patch applied, in the wire's words, and normalised again. */
export function patchLeadContent(content: LeadContent, patch: Patch, country: string): LeadContent {
  const { contact, message, vehicles, timeframe, prequalification, attribution, customFields } =
    patch
  return {
    ...content,
    ...(contact ? { contact: patchContact(content.contact, contact, country) } : {}),
    ...(message === undefined ? {} : { message }),
    ...(vehicles ? { vehicles: vehicles.map(readVehicle) } : {}),
    ...(timeframe === undefined
      ? {}
      : { timeframe: readTimeframe(merged(content.timeframe, timeframe)) }),
    ...(prequalification === undefined
      ? {}
      : {
          prequalification: readPrequalification(merged(content.prequalification, prequalification))
        }),
    ...(attribution === undefined
      ? {}
      : { attribution: merged(content.attribution, attribution) ?? {} }),
    ...(customFields === undefined
      ? {}
      : { customFields: merged(content.customFields, customFields) ?? {} })
  }
}

/** A contact with a merge patch applied. Phones are read again from the text as given. */
export function patchContact(contact: Contact, patch: ContactInput, country: string): Contact {
  return readContact(mergePatch(contactInput(contact), patch) as ContactInput, country)
}

/** A stored contact as it could have been sent. */
function contactInput(contact: Contact): ContactInput {
  const { emails, phones, ...rest } = contact
  const [email, ...otherEmails] = emails
  const [phone, ...otherPhones] = phones
  return {
    ...rest,
    email: email?.raw ?? null,
    otherEmails: otherEmails.map(({ raw }) => raw),
    phone: phone?.raw ?? null,
    phoneType: phone?.type ?? null,
    otherPhones: otherPhones.map(({ raw, type, time }) => ({ number: raw, type, time }))
  }
}

function merged<T>(stored: unknown, patch: T | null): T | null {
  return patch === null ? null : (mergePatch(stored, patch) as T)
}
