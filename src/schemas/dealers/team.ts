import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { TEAMS } from '../../domain/access/permissions.ts'
import type { NamedTeam } from '../../domain/access/user.ts'
import { Instant, closed, oneOf, ref } from '../shared.ts'
import { uniqueName } from '../unique-name.ts'

export const TeamSchema = Type.Object(
  {
    key: oneOf(TEAMS, 'The name of the team in rules and users. It can’t change.'),
    name: Type.String({ description: 'The display name.' }),
    version: Type.Integer(),
    createdAt: Instant(),
    updatedAt: Instant()
  },
  {
    $id: 'Team',
    ...closed,
    examples: [
      {
        key: 'online_sales',
        name: 'Internet desk',
        version: 2,
        createdAt: '2026-11-21T17:03:12.345Z',
        updatedAt: '2026-11-22T08:00:00.000Z'
      }
    ]
  }
)

export const TeamListSchema = Type.Object(
  { data: Type.Array(ref(TeamSchema)) },
  { $id: 'TeamList', ...closed }
)

export const RenameTeamSchema = Type.Object(
  { name: Type.Optional(uniqueName(100)) },
  { $id: 'RenameTeam', ...closed, examples: [{ name: 'Internet desk' }] }
)

export const teamSchemas = [TeamSchema, TeamListSchema, RenameTeamSchema]

export function presentTeam(team: NamedTeam): Static<typeof TeamSchema> {
  return {
    ...team,
    createdAt: team.createdAt.toISOString(),
    updatedAt: team.updatedAt.toISOString()
  }
}
