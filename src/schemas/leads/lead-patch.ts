import type { Static } from '@fastify/type-provider-typebox'

import type { Contact, LeadContent } from '../../domain/leads/lead.ts'
import { readContact } from './contact.ts'
import type { ContactInputSchema } from './contact.ts'
import { readLead } from './lead-input.ts'
import type { PatchLeadSchema } from './lead-input.ts'
import { mergePatch } from '../merge-patch.ts'

type ContactInput = Static<typeof ContactInputSchema>

/** The content with a merge patch applied, in the wire's words, and normalised again. */
export function patchLeadContent(
  content: LeadContent,
  { temperature: _temperature, ...patch }: Static<typeof PatchLeadSchema>,
  country: string
): LeadContent {
  const stored = { ...content, contact: contactInput(content.contact) }
  const read = readLead(mergePatch(stored, patch) as Parameters<typeof readLead>[0], country)
  const changed = Object.keys(patch) as (keyof typeof patch)[]
  return { ...content, ...Object.fromEntries(changed.map((member) => [member, read[member]])) }
}

/** A contact with a merge patch applied. Phones are read again from the text as given. */
export function patchContact(contact: Contact, patch: ContactInput, country: string): Contact {
  return readContact(mergePatch(contactInput(contact), patch) as ContactInput, country).contact
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
