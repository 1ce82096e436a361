import { Type } from '@fastify/type-provider-typebox'
import type { Static, TObject } from '@fastify/type-provider-typebox'

import { LEAD_TYPES } from '../../domain/leads/lead.ts'
import { STATUS_GROUPS } from '../../domain/leads/status-groups.ts'
import { TEMPERATURES } from '../../domain/leads/temperature.ts'
import { Id, createdPeriod, oneOf, readInstant, requiredText } from '../shared.ts'

/** Query parameters by which leads are narrowed, in lists and in exports. */
export const leadFilterQuery = {
  status: Type.Optional(Id("A status's id.")),
  statusGroup: Type.Optional(oneOf(STATUS_GROUPS, 'Deleted leads are listed only when asked for.')),
  source: Type.Optional(requiredText(60, "A source's key.")),
  type: Type.Optional(oneOf(LEAD_TYPES)),
  temperature: Type.Optional(oneOf(TEMPERATURES)),
  assignee: Type.Optional(Id()),
  queue: Type.Optional(Id()),
  promoter: Type.Optional(Id()),
  import: Type.Optional(Id('The import that made them.')),
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
  ...createdPeriod('Received'),
  q: Type.Optional(
    Type.String({
      minLength: 2,
      maxLength: 100,
      description: 'Beginnings of names, of an e-mail address, or of a phone number in E.164.'
    })
  )
}

/** What leads are narrowed by, as repositories are told it. */
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
    createdFrom: readInstant(createdFrom),
    createdTo: readInstant(createdTo),
    q: query.q
  }
}
