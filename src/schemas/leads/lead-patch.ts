import type { Static } from '@fastify/type-provider-typebox'

import type { Contact, LeadContent, UnmappedValue } from '../../domain/leads/lead.ts'
import { pointerParts } from '../../domain/text/json-pointer.ts'
import { readContact } from './contact.ts'
import type { ContactInputSchema } from './contact.ts'
import { readLead } from './lead-input.ts'
import type { PatchLeadSchema } from './lead-input.ts'
import { mergePatch } from '../merge-patch.ts'

type ContactInput = Static<typeof ContactInputSchema>

/**
 * The content with a merge patch applied, in the wire's words, and normalised again, and what was repaired in
 * the patch.
 */
export function patchLeadContent(
  content: LeadContent,
  { temperature: _temperature, ...patch }: Static<typeof PatchLeadSchema>,
  country: string
): { content: LeadContent; repairs: UnmappedValue[] } {
  const stored = { ...content, contact: contactInput(content.contact) }
  const read = readLead(mergePatch(stored, patch) as Parameters<typeof readLead>[0], country)
  const changed = Object.keys(patch) as (keyof typeof patch)[]
  return {
    content: { ...content, ...Object.fromEntries(changed.map((member) => [member, read[member]])) },
    repairs: read.unmapped.filter(({ path }) => isOfPatch(path, patch))
  }
}

/** A contact with a merge patch applied. Phones are read again from the text as given. */
export function patchContact(
  contact: Contact,
  patch: ContactInput,
  country: string
): { contact: Contact; repairs: UnmappedValue[] } {
  const merged = mergePatch(contactInput(contact), patch) as ContactInput
  const { contact: read, repairs } = readContact(merged, country)
  return {
    contact: read,
    repairs: repairs.filter(({ path }) => isOfPatch(path, { contact: patch }))
  }
}

/** What is read again only because it is stored was told before. */
function isOfPatch(path: string, patch: { contact?: ContactInput }): boolean {
  const [part = '', member = ''] = pointerParts(path)
  return part === 'contact'
    ? Object.hasOwn(patch.contact ?? {}, member)
    : Object.hasOwn(patch, part)
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
    // A type that is not known was not given: a label in the next text may.
    phoneType: phone === undefined || phone.type === 'voice' ? null : phone.type,
    otherPhones: otherPhones.map(({ raw, type, time }) => ({ number: raw, type, time }))
  }
}
