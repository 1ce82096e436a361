import type { Database } from '../../database/client.ts'
import type { Team } from '../../domain/access/permissions.ts'
import type { NamedTeam } from '../../domain/access/user.ts'
import { actorOf } from '../../domain/events/event.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { lockTeam, updateTeamName } from '../../repositories/dealers/teams.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'

interface RenameTeam extends ChangeCommand {
  team: Team
  change: { name?: string }
}

export async function renameTeam(db: Database, command: RenameTeam): Promise<NamedTeam | Refusal> {
  const { principal, now, team, change } = command
  return await write(db, command, async (tx) => {
    const before = expected(command, await lockTeam(tx, team), 'team')
    if (isRefusal(before)) return before
    await recordEvents(tx, actorOf(principal), now, [
      {
        type: 'team.updated',
        subject: { type: 'dealer', id: principal.dealerId },
        data: { team, fields: Object.keys(change) }
      }
    ])
    return await updateTeamName(tx, team, change.name ?? before.name, now)
  })
}
