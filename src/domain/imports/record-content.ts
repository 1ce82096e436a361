import { readGivenContact } from '../contacts/given-contact.ts'
import type { ContactReading } from '../contacts/given-contact.ts'
import type { GivenPhone, GivenPoint } from '../contacts/given-points.ts'
import { BLANK_CLIENT } from '../clients/client-fields.ts'
import type { ClientContent } from '../clients/client.ts'
import {
  EMPTY_LEAD,
  EMPTY_PREQUALIFICATION,
  EMPTY_TIMEFRAME,
  vehicleOf
} from '../leads/empty-lead.ts'
import { plainProse } from '../leads/plain-prose.ts'
import { splitVehicles } from '../leads/vehicle-text.ts'
import type { LeadContent } from '../leads/lead.ts'
import type { LeadField } from '../leads/lead-field.ts'
import { withHouseNumber } from './bare-numbers.ts'
import { BETWEEN_VALUES, labelledTypes } from './point-labels.ts'
import { CONSENTS_PART, PHONE_CODES_PART } from './import-fields.ts'
import { joinedNumber } from './joined-phones.ts'
import type { GivenCode } from './joined-phones.ts'
import { joinNumbers } from './phone-parts.ts'
import { contactColumn } from './qualified-names.ts'
import { consentsOf } from './row-consents.ts'
import type { CellConsent } from './row-consents.ts'
import { isSecondSurname, withSurname } from './surnames.ts'
import { setOwn } from '../text/set-own.ts'

/** A row as far as it is read: the values that its columns gave. */
export interface RowDraft {
  /** By the field's part and member. */
  parts: Partial<Record<string, Record<string, unknown>>>
  emails: GivenPoint[]
  phones: GivenPhone[]
  codes: RowCode[]
  consents: CellConsent[]
}

/** A code of a phone; `owner`: the column of that phone, or null: it is that of each phone. */
interface RowCode extends GivenCode {
  owner: string | null
}

/** Where a value is from: its column and the text of its cell, and the columns that belong to it. */
interface PlacedCell {
  column: string
  field: LeadField
  owner?: string | null
  label?: string | null
  given?: string
}

/**
 * Takes the value of a cell into the draft, for an e-mail or phone its text. The main e-mail and phone
 * come first in any order of columns.
 */
export function putValue(
  draft: RowDraft,
  { column, field, owner = null, label = null, given = '' }: PlacedCell,
  value: unknown
): void {
  const { path, part, member, kind } = field
  const pointOf = (text: string) => ({ text, path: column })
  const types = labelledTypes(label)
  const phoneOf = (text: string, at: number) => ({
    text,
    path: column,
    type: types[types.length === 1 ? 0 : at] ?? contactColumn(column)?.type
  })
  const text = String(value)
  if (kind === 'email') draft.emails.unshift(pointOf(text))
  else if (kind === 'emails') draft.emails.push(...several(text).map(pointOf))
  else if (kind === 'phone') {
    const [first, ...rest] = text.split(BETWEEN_VALUES).map(phoneOf)
    if (first) draft.phones.unshift(first)
    draft.phones.push(...rest)
  } else if (kind === 'phones') draft.phones.push(...several(text).map(phoneOf))
  else if (kind === 'lines') addLines((draft.parts[part] ??= {}), member, value as string[])
  else if (part === CONSENTS_PART) {
    draft.consents.push({ column, member, granted: value === true, text: given })
  } else if (part === PHONE_CODES_PART) {
    draft.codes.push({ kind: member as GivenCode['kind'], name: column, text, owner })
  } else if (path === 'contact.lastName') addSurname((draft.parts[part] ??= {}), column, text)
  else setOwn((draft.parts[part] ??= {}), member, value)
}

/** More are read as one text: each takes time. */
const MAX_SEVERAL = 50

/** A field for several values has them on lines of their own, or between semicolons or `:::`. */
function several(text: string): string[] {
  const parts = text.split(/:::|[;\n]/).filter((part) => part.trim() !== '')
  const rest = parts.slice(MAX_SEVERAL)
  return rest.length === 0 ? parts : [...parts.slice(0, MAX_SEVERAL), rest.join(';')]
}

function addSurname(part: Record<string, unknown>, column: string, text: string): void {
  const { lastName } = part
  const before = typeof lastName === 'string' ? lastName : null
  part.lastName = withSurname(before, text, isSecondSurname(column))
}

/** Lines of several columns follow each other; the number of a house joins its street. */
function addLines(part: Record<string, unknown>, member: string, lines: readonly string[]): void {
  const given = part[member]
  const before = Array.isArray(given) ? (given as string[]) : []
  const street = before.at(-1)
  const [first, ...rest] = lines
  const joined = street === undefined || first === undefined ? null : withHouseNumber(street, first)
  part[member] = joined === null ? [...before, ...lines] : [...before.slice(0, -1), joined, ...rest]
}

/** The row as a lead. That each value is what its member holds, the catalogue's test proves. */
export function leadContentOf(
  { parts, emails, phones, codes, consents: said }: RowDraft,
  reading: ContactReading
): LeadContent {
  const { contact, vehicle, timeframe, prequalification, attribution, customFields } = parts
  const home = parts['contact.address']
  const address = home ?? parts['contact.workAddress']
  const person = readGivenContact(
    {
      ...contact,
      path: 'contact',
      emails,
      phones: joinPhones(phones, codes),
      address: address ? { type: home ? null : 'work', ...address } : null
    },
    reading
  )
  const given = vehicle ? [vehicleOf(vehicle)] : []
  // As a row finds its column.
  const { vehicles, repairs } = splitVehicles(given, (_, member) => `vehicle/${member}`)
  const { consents, repairs: refused } = consentsOf(said)
  const content: LeadContent = {
    ...EMPTY_LEAD,
    ...parts[''],
    contact: person.contact,
    unmapped: [...person.repairs, ...repairs, ...refused],
    vehicles,
    timeframe: timeframe ? { ...EMPTY_TIMEFRAME, ...timeframe } : null,
    prequalification: prequalification ? { ...EMPTY_PREQUALIFICATION, ...prequalification } : null,
    attribution: { ...(attribution as LeadContent['attribution'] | undefined) },
    consents,
    customFields: customFields ?? {}
  }
  return plainProse(content, pathOfText)
}

/** The phones of a row with their parts, which stand in columns of their own. */
function joinPhones(phones: readonly GivenPhone[], codes: readonly RowCode[]): GivenPhone[] {
  const fields = phones.map((phone) => ({
    phone,
    name: phone.path,
    text: phone.text ?? ''
  }))
  return joinNumbers(fields).map(({ phone, text }) => {
    const own = codes.filter(({ owner }) => owner === null || owner === phone.path)
    return { ...phone, text: joinedNumber(text, own) }
  })
}

/** The texts of a lead by the fields of their columns, as a row finds its columns by. */
export function pathOfText(parts: readonly (string | number)[]): string {
  const names = parts.filter((part) => typeof part === 'string')
  return names.join('/').replace(/^vehicles/, 'vehicle')
}

/** The row as a client. */
export function clientContentFromRow(content: LeadContent): ClientContent {
  const { contact, message, vehicles, consents, customFields } = content
  return {
    ...BLANK_CLIENT,
    contact,
    consents,
    description: message,
    vehicleInterests: vehicles,
    customFields
  }
}
