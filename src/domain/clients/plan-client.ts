import { customFieldFaults, isBlank } from '../fields/custom-field.ts'
import { CUSTOM_TARGET, findTarget } from '../fields/mapping-target.ts'
import type { Contact } from '../leads/lead.ts'
import type { Client, ClientContent } from './client.ts'
import {
  BLANK_CLIENT,
  NAME_PARTS,
  comesIn,
  fillClient,
  readClientField,
  takesName
} from './client-fields.ts'
import {
  carried,
  findPlanFaults,
  isTaken,
  mapFields,
  mappingPointer,
  readMapped,
  said,
  withOverrides
} from './planned-field.ts'
import type { FieldProposal, MappingBasis, PlanFault, PlannedField } from './planned-field.ts'

/** The plan for the client: a new one, or an existing one to fill. */
export interface ClientPlan {
  action: 'create' | 'fill'
  id: string | null
  fields: PlannedField[]
  content: ClientContent
  responsibleUserId: string | null
  faults: PlanFault[]
}

export interface ClientChoice {
  client: Client | null
  overwrite: boolean
  /** Undefined: by the mapping, else the lead's message. */
  description: string | null | undefined
  responsible: {
    userId: string | null
    /** From the command; else the lead's assignee, else the user who converts it. */
    isSaid: boolean
  }
}

/**
 * Plans a new client of a lead, or what the lead fills of one that is there: only what is empty, unless
 * `overwrite`; e-mails and phones are added, never removed; custom fields are looked at key by key.
 */
export function planClient(basis: MappingBasis, choice: ClientChoice): ClientPlan {
  const { client, overwrite } = choice
  const before = client?.content ?? BLANK_CLIENT
  const proposals = withOverrides(
    carriedOver(basis, { withConsents: client === null }),
    mapFields(basis, 'client'),
    choice.description === undefined ? [] : [said('client.description', choice.description)]
  )
  const names = takesName(before.contact, basis.lead.content.contact, overwrite)
  const fields = proposals.map((proposal) => {
    const field = { ...proposal, current: readClientField(before, proposal.to) }
    return { ...field, applied: comesIn(field, { names, overwrite }) }
  })
  const content = fillClient(before, fields)
  const responsible = planResponsible(choice)
  const missing = client ? [] : missingFaults(basis, content)
  return {
    action: client ? 'fill' : 'create',
    id: client?.id ?? null,
    fields: [...fields, responsible],
    content,
    responsibleUserId: (responsible.applied ? responsible.value : responsible.current) as
      string | null,
    faults: [...findPlanFaults(fields, basis), ...missing]
  }
}

/** `overwrite` takes values of the lead, and no user: a client changes hands only on request. */
function planResponsible({ client, overwrite, responsible }: ClientChoice): PlannedField {
  const { userId, isSaid } = responsible
  const current = client?.responsibleUser?.id ?? null
  const to = 'client.responsibleUserId'
  const proposal = isSaid ? said(to, userId) : carried(to, 'assignee.id', userId)
  return { ...proposal, current, applied: isTaken(userId, current, overwrite && isSaid) }
}

const OTHER_PARTS = [
  'companyName',
  'emails',
  'phones',
  'preferredChannel',
  'preferredTime',
  'language',
  'address'
] as const

/** Their path in the lead's JSON, where it is another. */
const LEAD_PATHS: Partial<Record<keyof Contact, string>> = {
  emails: 'contact.email',
  phones: 'contact.phone'
}

/**
 * Values that every conversion carries over, under any mapping. Consents of an existing client
 * belong to its own history.
 */
function carriedOver(
  basis: MappingBasis,
  { withConsents }: { withConsents: boolean }
): FieldProposal[] {
  const { contact, message, vehicles, consents, customFields } = basis.lead.content
  return [
    ...[...NAME_PARTS, ...OTHER_PARTS].map((part) =>
      carried(`client.contact.${part}`, LEAD_PATHS[part] ?? `contact.${part}`, contact[part])
    ),
    carried('client.description', 'message', message),
    carried('client.vehicleInterests', 'vehicles', vehicles),
    ...(withConsents ? [carried('client.consents', 'consents', consents)] : []),
    ...Object.entries(customFields).map(([key, value]) => carriedCustom(basis, key, value))
  ]
}

/** A custom field goes to the client's of the same key: as it is, unless that one is defined. */
function carriedCustom(basis: MappingBasis, key: string, value: unknown): FieldProposal {
  const to = CUSTOM_TARGET + key
  const from = `customFields.${key}`
  const target = findTarget(to, basis.clientFields)
  const isPlain = typeof value !== 'object' || Array.isArray(value)
  const isMapped = target !== null && target.type !== 'any'
  const shaped = isMapped && isPlain ? (readMapped(basis, target, from) ?? value) : value
  return { ...carried(to, from, shaped), isMapped }
}

/** Fields that every client must have, and this one would not. */
function missingFaults({ clientFields, parsers }: MappingBasis, content: ClientContent) {
  const required = clientFields.filter((field) => field.required)
  return customFieldFaults(required, content.customFields, parsers)
    .map(({ key, reason }) => ({ to: CUSTOM_TARGET + key, reason }))
    .filter(({ to }) => isBlank(readClientField(content, to)))
    .map(({ to, reason }) => ({ pointer: mappingPointer(to), reason }))
}
