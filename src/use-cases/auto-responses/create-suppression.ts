import type { Database } from '../../database/client.ts'
import type { Suppression } from '../../domain/auto-responses/suppression.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { newId } from '../../ids.ts'
import { insertSuppression } from '../../repositories/auto-responses/suppressions.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import type { CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'

interface CreateSuppression extends CreateCommand<Suppression> {
  emailKey: string
}

/** Stops automatic mail to an address, waiting mail included. */
export async function createSuppression(
  db: Database,
  command: CreateSuppression
): Promise<Created<Suppression> | Refusal> {
  return await createOnce(db, command, async (tx) => {
    const { principal, now, emailKey } = command
    const suppression: Suppression = {
      id: newId(),
      emailKey,
      reason: 'requested',
      leadId: null,
      actor: actorOf(principal),
      createdAt: now
    }
    await insertSuppression(tx, suppression)
    await recordEvents(tx, suppression.actor, now, [
      {
        type: 'suppression.added',
        subject: { type: 'suppression', id: suppression.id },
        data: { reason: suppression.reason }
      }
    ])
    return suppression
  })
}
