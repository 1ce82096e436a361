import { Type } from '@fastify/type-provider-typebox'
import type { Static, TObject } from '@fastify/type-provider-typebox'

import { LEAD_TYPES } from '../../domain/leads/lead.ts'
import { STATUS_GROUPS } from '../../domain/leads/status-groups.ts'
import { TEMPERATURES } from '../../domain/leads/temperature.ts'
import { NamedList, WordList } from '../named.ts'
import { DayFrom, DayTo, Id, SEARCH_DESCRIPTION, readInstant, searchText } from '../shared.ts'

/** Texts that are compared without case, blanks and punctuation. */
function comparedText(subject: string, example: string) {
  return Type.String({
    minLength: 1,
    maxLength: 2000,
    description: `${subject}; case, blanks and punctuation don’t count. Several are separated by commas.`,
    examples: [example]
  })
}

/** Query parameters by which leads are narrowed, in lists and in exports. */
export const leadFilterQuery = {
  status: Type.Optional(NamedList('status')),
  statusGroup: Type.Optional(WordList(STATUS_GROUPS, 'Deleted leads need `deleted`.')),
  statusReason: Type.Optional(
    NamedList(
      'statusReason',
      'Reasons of lost and deleted leads. `free-text`: leads whose reason is a text and none of the ' +
        'list; with it, deleted leads need their group too.'
    )
  ),
  source: Type.Optional(NamedList('source')),
  type: Type.Optional(WordList(LEAD_TYPES)),
  temperature: Type.Optional(WordList(TEMPERATURES)),
  assignee: Type.Optional(NamedList('user')),
  queue: Type.Optional(NamedList('queue', 'Leads that wait in them.')),
  promoter: Type.Optional(NamedList('promoter')),
  import: Type.Optional(Id('The id of the import that created the leads.')),
  client: Type.Optional(
    Id(
      'The id of the client. `GET /v1/clients/{id}/leads` also has leads that the caller sees only as those of the client.'
    )
  ),
  duplicateOf: Type.Optional(Id()),
  unassigned: Type.Optional(Type.Boolean()),
  quarantined: Type.Optional(Type.Boolean()),
  isTest: Type.Optional(Type.Boolean()),
  overdue: Type.Optional(
    Type.Boolean({
      description: 'Whether `respondBy` of the lead’s clock has passed without a user acting.'
    })
  ),
  make: Type.Optional(comparedText('The make of a vehicle', 'Kia,Opel')),
  model: Type.Optional(comparedText('The model of a vehicle', 'Ceed')),
  stockNumber: Type.Optional(comparedText('The stock number of a vehicle', 'U-1234')),
  vin: Type.Optional(comparedText('The VIN of a vehicle', 'WVWZZZ1JZXW000001')),
  plate: Type.Optional(comparedText('The registration plate of a vehicle', 'KR 1AB23')),
  externalId: Type.Optional(comparedText('The sender’s id', 'form-20261121-0042')),
  createdFrom: Type.Optional(DayFrom('Received at this time or later, or from this day on.')),
  createdTo: Type.Optional(DayTo('Received before this time, or until the end of this day.')),
  updatedFrom: Type.Optional(DayFrom('Changed at this time or later, or from this day on.')),
  updatedTo: Type.Optional(DayTo('Last changed before this time, or until the end of this day.')),
  q: Type.Optional(
    searchText(`${SEARCH_DESCRIPTION} A word can also be the beginning of the sender’s id.`)
  )
}

export type LeadFilterQuery = Static<TObject<typeof leadFilterQuery>>

/** The values of a list, without blanks around them. */
export function listOf(text: string | undefined): string[] | undefined {
  const values = text?.split(',').map((value) => value.trim())
  return values?.filter((value) => value !== '')
}

/** The values of a list of codes, and all of it as one code: an id may have a comma. */
function codesOf(text: string | undefined): string[] | undefined {
  return text === undefined ? undefined : [text, ...(listOf(text) ?? [])]
}

/** The filter of leads, for repositories. */
export function readLeadFilter(query: LeadFilterQuery, now: Date) {
  const { overdue, createdFrom, createdTo, updatedFrom, updatedTo } = query
  return {
    status: query.status,
    statusGroup: query.statusGroup,
    statusReason: query.statusReason,
    source: query.source,
    type: query.type,
    temperature: query.temperature,
    assignee: query.assignee,
    queue: query.queue,
    promoter: query.promoter,
    import: query.import,
    client: query.client,
    duplicateOf: query.duplicateOf,
    unassigned: query.unassigned,
    quarantined: query.quarantined,
    isTest: query.isTest,
    overdue: overdue === undefined ? undefined : { is: overdue, now },
    make: codesOf(query.make),
    model: codesOf(query.model),
    stockNumber: codesOf(query.stockNumber),
    vin: codesOf(query.vin),
    plate: codesOf(query.plate),
    externalId: codesOf(query.externalId),
    createdFrom: readInstant(createdFrom),
    createdTo: readInstant(createdTo),
    updatedFrom: readInstant(updatedFrom),
    updatedTo: readInstant(updatedTo),
    q: query.q
  }
}
