import { Type } from '@fastify/type-provider-typebox'
import type { Static, TObject } from '@fastify/type-provider-typebox'

import { LEAD_TYPES } from '../../domain/leads/lead.ts'
import { STATUS_GROUPS } from '../../domain/leads/status-groups.ts'
import { TEMPERATURES } from '../../domain/leads/temperature.ts'
import {
  SEARCH_DESCRIPTION,
  Id,
  createdPeriod,
  oneOf,
  readInstant,
  requiredText
} from '../shared.ts'

/** Text that is compared without case, blanks and punctuation. */
function comparedText(subject: string, example: string) {
  return Type.String({
    minLength: 1,
    maxLength: 200,
    description: `${subject}; case, blanks and punctuation don’t count.`,
    examples: [example]
  })
}

/** Query parameters by which leads are narrowed, in lists and in exports. */
export const leadFilterQuery = {
  status: Type.Optional(Id('The id of the status.')),
  statusGroup: Type.Optional(
    oneOf(
      STATUS_GROUPS,
      'The status group. Without a filter by status or group, deleted leads are not listed.'
    )
  ),
  source: Type.Optional(requiredText(60, 'The key of the source.')),
  type: Type.Optional(oneOf(LEAD_TYPES)),
  temperature: Type.Optional(oneOf(TEMPERATURES)),
  assignee: Type.Optional(Id()),
  queue: Type.Optional(Id()),
  promoter: Type.Optional(Id()),
  import: Type.Optional(Id('The id of the import that created the leads.')),
  client: Type.Optional(Id()),
  duplicateOf: Type.Optional(Id()),
  unassigned: Type.Optional(Type.Boolean()),
  quarantined: Type.Optional(Type.Boolean()),
  isTest: Type.Optional(Type.Boolean()),
  overdue: Type.Optional(
    Type.Boolean({
      description: 'Whether `respondBy` of the lead’s clock has passed without a user acting.'
    })
  ),
  make: Type.Optional(comparedText('The make of a vehicle', 'Kia')),
  model: Type.Optional(comparedText('The model of a vehicle', 'Ceed')),
  stockNumber: Type.Optional(comparedText('The stock number of a vehicle', 'U-1234')),
  vin: Type.Optional(comparedText('The VIN of a vehicle', 'WVWZZZ1JZXW000001')),
  externalId: Type.Optional(comparedText('The sender’s id', 'form-20261121-0042')),
  ...createdPeriod('leads received'),
  q: Type.Optional(
    Type.String({
      minLength: 2,
      maxLength: 100,
      description: `${SEARCH_DESCRIPTION} A word can also be the beginning of the sender’s id.`,
      examples: ['O’Brien', '601 300 400', 'Kia Ceed']
    })
  )
}

/** The filter of leads, for repositories. */
export function readLeadFilter(query: Static<TObject<typeof leadFilterQuery>>, now: Date) {
  const { overdue, createdFrom, createdTo } = query
  return {
    status: query.status,
    statusGroup: query.statusGroup,
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
    make: query.make,
    model: query.model,
    stockNumber: query.stockNumber,
    vin: query.vin,
    externalId: query.externalId,
    createdFrom: readInstant(createdFrom),
    createdTo: readInstant(createdTo),
    q: query.q
  }
}
