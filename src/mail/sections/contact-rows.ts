import type { Contact, Party, PhoneNumber, PostalAddress } from '../../domain/leads/lead.ts'
import type { ExternalReference } from '../../domain/leads/values.ts'
import { isMailAddress } from '../mail-address.ts'
import type { Row, Writing } from './rows.ts'
import { givenAs, join, row } from './rows.ts'

/** How a promoter knows a person: by the parts of the name, without an address. */
export function nameForPromoter(contact: Contact): string | null {
  return personName(contact) || contact.companyName
}

/** The person's own name, in full. */
function personName(contact: Contact): string {
  return nameFromParts(contact) || (contact.fullName?.trim() ?? '')
}

/** How to reach a person. Of the person who wrote, what they wrote comes right after the name. */
export function contactRows(
  writing: Writing,
  contact: Contact,
  message: string | null = null
): Row[] {
  const { wording, formats } = writing
  const labels = wording.contact
  const { preferredChannel, preferredTime, language, fullName } = contact
  const name = personName(contact)
  return [
    ...row(labels.name, name),
    ...(message === null ? [] : row(wording.sections.message, message)),
    ...row(labels.fullName, fullName?.trim() === name ? null : fullName),
    ...row(labels.companyName, contact.companyName),
    ...reachRows(writing, contact),
    ...row(labels.preferredChannel, preferredChannel && wording.channels[preferredChannel]),
    ...row(labels.preferredTime, preferredTime && wording.times[preferredTime]),
    ...row(labels.language, language && formats.language(language)),
    ...row(labels.address, contact.address && describeAddress(writing, contact.address))
  ]
}

/** The e-mail addresses and phones of a person: to write to, and to call. */
export function reachRows(
  writing: Writing,
  { emails, phones }: Pick<Contact, 'emails' | 'phones'>
): Row[] {
  const { wording } = writing
  const labels = wording.contact
  return [
    ...emails.flatMap(({ address, raw, valid }, index) =>
      linked(
        row(
          index === 0 ? labels.mainEmail : labels.otherEmail,
          join([address, valid ? null : wording.notValid]) + givenAs(writing, raw, address)
        ),
        valid ? mailLink(address) : null
      )
    ),
    ...phones.flatMap((phone, index) =>
      linked(
        row(index === 0 ? labels.mainPhone : labels.otherPhone, describePhone(writing, phone)),
        callLink(phone)
      )
    )
  ]
}

export function partyRows(writing: Writing, party: Party): Row[] {
  const labels = writing.wording.party
  return [
    ...row(labels.name, party.name),
    ...row(labels.service, party.service),
    ...row(labels.url, party.url),
    ...row(labels.email, party.email),
    ...row(labels.phone, party.phone),
    ...referenceRows(labels.reference, party.references),
    ...(party.contact ? contactRows(writing, party.contact) : [])
  ]
}

export function referenceRows(label: string, references: readonly ExternalReference[]): Row[] {
  return references.flatMap(({ id, source, sequence }) =>
    row(label, join([id, source, sequence === null ? null : `#${sequence}`]))
  )
}

function nameFromParts({ firstName, middleName, lastName, nameSuffix }: Contact): string {
  return join(
    [firstName, middleName, lastName, nameSuffix].map((part) => part?.trim()),
    ' '
  )
}

/** A row of an address to write to, if there is one. */
export function mailRow(label: string, address: string | null): Row[] {
  return linked(row(label, address), address === null ? null : mailLink(address))
}

/** A row of a number to call, if there is one. */
export function callRow(label: string, number: string | null): Row[] {
  return linked(row(label, number), number === null ? null : callLink({ number, valid: true }))
}

function linked(rows: Row[], link: Row['link'] | null): Row[] {
  return link ? rows.map((row) => ({ ...row, link })) : rows
}

function mailLink(address: string): Row['link'] | null {
  return isMailAddress(address)
    ? { text: address, url: `mailto:${encodeURIComponent(address).replace('%40', '@')}` }
    : null
}

/** Only a number with its country can be called from anywhere. */
function callLink({ number, valid }: Pick<PhoneNumber, 'number' | 'valid'>): Row['link'] | null {
  return valid && /^\+\d{4,15}$/.test(number) ? { text: number, url: `tel:${number}` } : null
}

function describePhone(writing: Writing, phone: PhoneNumber): string {
  const { wording } = writing
  const time = phone.time && `${wording.bestTime}: ${wording.times[phone.time]}`
  const notValid = phone.valid ? null : wording.notValid
  // The label says already that it is a phone.
  const type = phone.type === 'voice' ? null : wording.phoneTypes[phone.type]
  return join([phone.number, type, time, notValid]) + givenAs(writing, phone.raw, phone.number)
}

function describeAddress({ wording, formats }: Writing, address: PostalAddress): string {
  const { street, apartment, postalCode, city, region, country, type } = address
  const lines = [
    ...street,
    apartment,
    join([postalCode, city], ' '),
    region,
    country && formats.country(country),
    type && `(${wording.addressTypes[type]})`
  ]
  return join(lines, '\n')
}
