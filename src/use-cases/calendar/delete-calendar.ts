import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { clearCalendarHash } from '../../repositories/calendar/calendars.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import type { Command } from '../command.ts'
import { write } from '../write.ts'

/** Withdraws the address of the caller's calendar. */
export async function deleteCalendar(db: Database, command: Command): Promise<Refusal | null> {
  const { principal, now } = command
  return await write(db, command, async (tx) => {
    if (!(await clearCalendarHash(tx, principal.id))) return null
    await recordEvents(tx, actorOf(principal), now, [
      {
        type: 'user.updated',
        subject: { type: 'user', id: principal.id },
        data: { fields: ['calendar'] }
      }
    ])
    return null
  })
}
