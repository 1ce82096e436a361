import type { Database } from '../../database/client.ts'
import type { Source } from '../../domain/dealers/source.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { newId } from '../../ids.ts'
import { insertSources } from '../../repositories/dealers/sources.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import type { CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'

interface CreateSource extends CreateCommand<Source> {
  source: Pick<Source, 'key' | 'name' | 'kind'> &
    Partial<Pick<Source, 'active' | 'lenient' | 'quietAfterHours'>>
}

export async function createSource(
  db: Database,
  command: CreateSource
): Promise<Created<Source> | Refusal> {
  return await createOnce(db, command, async (tx) => {
    const { principal, now } = command
    const stamps = { version: 1, createdAt: now, updatedAt: now }
    const usual = { active: true, lenient: false, quietAfterHours: null }
    const source = { id: newId(), ...usual, ...command.source, ...stamps }
    await insertSources(tx, [source])
    await recordEvents(tx, actorOf(principal), now, [
      { type: 'source.created', subject: { type: 'source', id: source.id } }
    ])
    return source
  })
}
