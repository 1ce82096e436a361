import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { TEAMS } from '../../../domain/access/permissions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'
import { read, sendChanged } from '../../../http/resources.ts'
import { listTeams } from '../../../repositories/dealers/teams.ts'
import {
  RenameTeamSchema,
  TeamListSchema,
  TeamSchema,
  presentTeam
} from '../../../schemas/dealers/team.ts'
import { closed, oneOf, ref } from '../../../schemas/shared.ts'
import { renameTeam } from '../../../use-cases/dealers/rename-team.ts'

const TeamParams = Type.Object({ key: oneOf(TEAMS) }, closed)

/** The three teams, under the names a dealer gives them. */
export const teamRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  app.get(
    '/teams',
    operation({
      id: 'listTeams',
      tag: 'Teams',
      summary: 'List the teams',
      description: 'There are always the same three teams, ordered by key.',
      access: access.tenant('member', 'read'),
      responses: { 200: ref(TeamListSchema, 'All teams.') }
    }),
    async (request) => {
      const teams = await read(db, request, listTeams)
      return { data: teams.map(presentTeam) }
    }
  )

  app.patch(
    '/teams/:key',
    operation({
      id: 'renameTeam',
      tag: 'Teams',
      summary: 'Rename a team',
      description: 'The name is for display only: rules and users refer to a team by its key.',
      access: access.tenant('admin', 'admin'),
      params: TeamParams,
      body: ref(RenameTeamSchema),
      responses: { 200: ref(TeamSchema, 'The renamed team.') },
      problems: ['already-exists'],
      conditional: true,
      versioned: true
    }),
    async (request, reply) =>
      await sendChanged(request, reply, {
        now,
        change: (command) =>
          renameTeam(db, { ...command, team: request.params.key, change: request.body }),
        present: presentTeam
      })
  )
}
