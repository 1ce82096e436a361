import { actorOf } from '../../../domain/events/event.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from '@fastify/type-provider-typebox'

import { TEAMS } from '../../../domain/access/permissions.ts'
import { tenantOf } from '../../../http/plugins/authentication.ts'
import { problems } from '../../../http/problems.ts'
import { listTeams, lockTeam, renameTeam } from '../../../repositories/dealers/teams.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import {
  RenameTeamSchema,
  TeamListSchema,
  TeamSchema,
  presentTeam
} from '../../../schemas/dealers/team.ts'
import { closed, oneOf, ref } from '../../../schemas/shared.ts'
import { checkVersion, setVersion } from '../../../http/conventions.ts'
import { access, operation } from '../../../http/operation.ts'
import type { RouteOptions } from '../../../http/options.ts'

const TeamParams = Type.Object({ key: oneOf(TEAMS) }, closed)

/** The three teams, under the names a dealer gives them. */
export const teamRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (app, { db, now }) => {
  app.get(
    '/teams',
    operation({
      id: 'listTeams',
      tag: 'Teams',
      summary: 'List the teams',
      description: 'Always the same three, by their keys.',
      access: access.tenant('member', 'read'),
      answers: { 200: ref(TeamListSchema, 'All teams.') }
    }),
    async (request) => {
      const teams = await db.transaction(tenantOf(request).dealerId, listTeams)
      return { data: teams.map(presentTeam) }
    }
  )

  app.patch(
    '/teams/:key',
    operation({
      id: 'renameTeam',
      tag: 'Teams',
      summary: 'Rename a team',
      description: 'Nothing hangs on the name.',
      access: access.tenant('admin', 'admin'),
      consumes: ['application/json', 'application/merge-patch+json'],
      params: TeamParams,
      body: ref(RenameTeamSchema),
      answers: { 200: ref(TeamSchema, 'The team as it is now.') },
      conditional: true,
      versioned: true
    }),
    async (request, reply) => {
      const principal = tenantOf(request)
      const { key } = request.params
      const team = await db.transaction(principal.dealerId, async (tx) => {
        const before = await lockTeam(tx, key)
        if (!before) throw problems.notFound('team')
        checkVersion(request, before.version)
        await recordEvents(tx, actorOf(principal), now(), [
          {
            type: 'team.updated',
            subject: { type: 'dealer', id: principal.dealerId },
            data: { team: key, fields: Object.keys(request.body) }
          }
        ])
        return await renameTeam(tx, key, request.body.name ?? before.name, now())
      })
      setVersion(reply, team.version)
      return presentTeam(team)
    }
  )
}
