import { and, asc, eq, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { teams } from '../../database/schema.ts'
import { TEAMS } from '../../domain/access/permissions.ts'
import type { Team } from '../../domain/access/permissions.ts'
import { DEFAULT_TEAM_NAMES } from '../../domain/access/user.ts'
import type { NamedTeam } from '../../domain/access/user.ts'

/** Gives a new dealer its teams, under their usual names. */
export async function insertTeams(tx: Transaction, now: Date): Promise<void> {
  await tx.orm.insert(teams).values(
    TEAMS.map((key) => ({
      dealerId: tx.dealerId,
      key,
      name: DEFAULT_TEAM_NAMES[key],
      version: 1,
      createdAt: now,
      updatedAt: now
    }))
  )
}

/** All of a dealer's teams: three. */
export async function listTeams(tx: Transaction): Promise<NamedTeam[]> {
  const rows = await tx.orm
    .select()
    .from(teams)
    .where(eq(teams.dealerId, tx.dealerId))
    .orderBy(asc(teams.key))
  return rows.map(toTeam)
}

/** The team, locked until the transaction ends. */
export async function lockTeam(tx: Transaction, key: Team): Promise<NamedTeam | null> {
  const [row] = await tx.orm
    .select()
    .from(teams)
    .where(and(eq(teams.dealerId, tx.dealerId), eq(teams.key, key)))
    .for('update')
  return row ? toTeam(row) : null
}

/** Renames a locked team and returns it as it is now. */
export async function updateTeamName(
  tx: Transaction,
  key: Team,
  name: string,
  now: Date
): Promise<NamedTeam> {
  const [row] = await tx.orm
    .update(teams)
    .set({ name, version: sql`${teams.version} + 1`, updatedAt: now })
    .where(and(eq(teams.dealerId, tx.dealerId), eq(teams.key, key)))
    .returning()
  if (!row) throw new Error('a locked team is gone')
  return toTeam(row)
}

function toTeam({ dealerId: _, ...team }: typeof teams.$inferSelect): NamedTeam {
  return team
}
