import { readGivenContact } from '../contacts/given-contact.ts'
import type { ContactReading } from '../contacts/given-contact.ts'
import type { Party } from '../leads/lead.ts'
import type { ExternalReference } from '../leads/values.ts'
import { oneOf } from './amounts.ts'
import type { ElementCursor } from './element-cursor.ts'
import { readAdfContact, stripMailto } from './read-contact.ts'
import { isEmptyRecord, presentText } from './xml.ts'

/** Reads a vendor or provider, or null where the element says nothing. */
export function readParty(element: ElementCursor | null, reading: ContactReading): Party | null {
  if (!element) return null
  const first = element.child('contact')
  const { contact } = readGivenContact(readAdfContact(first), reading)
  const party: Party = {
    references: readReferences(element),
    name: readPartyName(element),
    service: element.childText(['service']),
    url: element.childText(['url']),
    email: element.childText(['email'], (text) => presentText(stripMailto(text))),
    phone: readPartyPhone(element),
    contact: isEmptyRecord(contact) ? null : contact
  }
  return isEmptyRecord(party) ? null : party
}

/** Reads every `id` with a key in it; an empty one stays unread with its attributes. */
export function readReferences(element: ElementCursor): ExternalReference[] {
  return element.all('id').flatMap((reference) => {
    const id = reference.knownText()
    if (id === null) return []
    return [
      {
        id,
        source: reference.attribute('source'),
        sequence: reference.attribute('sequence')
      }
    ]
  })
}

/** `part` and `type` of a business's name restate what a party is, so they need no member. */
function readPartyName(element: ElementCursor): string | null {
  const vendorName = element.childText(['vendorname'])
  if (vendorName !== null) return vendorName
  const name = element.child('name')
  name?.attribute('part', oneOf(['full']))
  name?.attribute('type', oneOf(['individual', 'business']))
  return name?.knownText() ?? null
}

function readPartyPhone(element: ElementCursor): string | null {
  const phone = element.child('phone')
  phone?.attribute('type', oneOf(['voice', 'phone']))
  phone?.attribute('time', oneOf(['nopreference']))
  return phone?.text() ?? null
}
