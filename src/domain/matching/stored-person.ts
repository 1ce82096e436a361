import type { Contact } from '../leads/lead.ts'
import { hash53 } from '../text/hash53.ts'
import { blockingKeys } from './blocking-keys.ts'
import { NORMALISER_VERSION, personForm } from './person-form.ts'
import type { PersonForm } from './person-form.ts'

/** What is stored of a person, so that people like them are found and compared. */
export interface StoredPerson {
  version: number
  /** Hashes of the blocking keys. Two keys with one hash cost a comparison. */
  keys: number[]
  form: PersonForm
}

const forms = new WeakMap<Contact, PersonForm>()

/** The form of a contact, made once: contacts are not changed. */
export function formOf(contact: Contact): PersonForm {
  const known = forms.get(contact)
  if (known) return known
  const form = personForm(contact)
  forms.set(contact, form)
  return form
}

/** What is stored of the person of a client or lead. */
export function storedPerson(contact: Contact): StoredPerson {
  const form = formOf(contact)
  return { version: NORMALISER_VERSION, keys: personKeys(contact), form }
}

/** The keys by which people like this one are looked for. */
export function personKeys(contact: Contact): number[] {
  return [...new Set(blockingKeys(formOf(contact)).map(hash53))]
}
