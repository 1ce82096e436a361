import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

import { STATUS_GROUPS, groupsWhere, listGroups } from '../../../domain/leads/status-groups.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import {
  StatusGroupsSchema,
  StatusSchemas,
  presentStatusGroups
} from '../../../schemas/dealers/status.ts'
import { ref } from '../../../schemas/shared.ts'
import { LEAD_STATUSES } from '../../../use-cases/dealers/steps/lead-statuses.ts'
import { namedStatusRoutes } from './named-statuses.ts'

const SYSTEM = groupsWhere(({ isSystem }) => isSystem)
const STAGES = groupsWhere(({ isStage }) => isStage)

const leadStatusRoutes = namedStatusRoutes({
  kind: LEAD_STATUSES,
  groups: STATUS_GROUPS,
  schemas: StatusSchemas,
  path: '/statuses',
  tag: 'Statuses',
  id: 'Status',
  named: 'status',
  descriptions: {
    list: 'The list is ordered by position.',
    change:
      `The last status of ${listGroups(SYSTEM, 'or')} can’t change its group. A status ` +
      `that leads have can change to ${listGroups(STAGES, 'or')}. The other groups have ` +
      'conditions for each lead: move the leads instead.',
    replacement: 'The new status of its leads.',
    delete:
      'A status that leads have needs a `replacementId`; without it the response is ' +
      '`status-in-use`, with the number of leads in `leadCount`. The leads move to the ' +
      'replacement, which is recorded in the history of each lead. The last status of ' +
      '`new`, `linked`, `converted` or `deleted` stays.'
  },
  inUse: 'status-in-use'
})

/** A dealer's own names for stages. */
export const statusRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, options) => {
  await app.register(leadStatusRoutes, options)

  app.get(
    '/status-groups',
    operation({
      id: 'listStatusGroups',
      tag: 'Statuses',
      summary: 'List status groups',
      description:
        'The group gives the meaning of a status. The groups are the same for every dealer.',
      access: access.tenant('member', 'read'),
      responses: { 200: ref(StatusGroupsSchema, 'All groups.') }
    }),
    () => presentStatusGroups()
  )
}
