import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { setCalendarHash } from '../../repositories/calendar/calendars.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { issueSecret } from '../../security/credentials.ts'
import type { CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'

/** The secret in the address of a calendar; only its hash is stored. */
export interface NewCalendar {
  secret: string
}

/** Issues the address of the caller's calendar, in place of an earlier one. */
export async function createCalendar(
  db: Database,
  command: CreateCommand<NewCalendar>
): Promise<Created<NewCalendar> | Refusal> {
  const { principal, now } = command
  return await createOnce(db, command, async (tx) => {
    const secret = issueSecret('lc_', principal.dealerId)
    await setCalendarHash(tx, principal.id, secret.hash)
    await recordEvents(tx, actorOf(principal), now, [
      {
        type: 'user.updated',
        subject: { type: 'user', id: principal.id },
        data: { fields: ['calendar'] }
      }
    ])
    return { secret: secret.text }
  })
}
