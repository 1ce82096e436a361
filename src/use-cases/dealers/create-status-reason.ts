import type { Database } from '../../database/client.ts'
import type { StatusReason } from '../../domain/dealers/status-reason.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { newId } from '../../ids.ts'
import {
  insertStatusReasons,
  measureStatusReasons
} from '../../repositories/dealers/status-reasons.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import type { CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'

interface CreateStatusReason extends CreateCommand<StatusReason> {
  reason: Pick<StatusReason, 'key' | 'name' | 'group'> &
    Partial<Pick<StatusReason, 'position' | 'active'>>
}

/** The most reasons of a dealer. */
const MAX_REASONS = 200

/** Adds a reason to the dealer's list, at its end unless it has a position. */
export async function createStatusReason(
  db: Database,
  command: CreateStatusReason
): Promise<Created<StatusReason> | Refusal> {
  const { principal, now } = command
  return await createOnce(
    db,
    command,
    async (tx) => {
      const { count, nextPosition } = await measureStatusReasons(tx)
      if (count >= MAX_REASONS) return { refusal: 'too-many', noun: 'reasons', limit: MAX_REASONS }
      const place = { position: nextPosition, active: true }
      const stamps = { version: 1, createdAt: now, updatedAt: now }
      const reason = { id: newId(), ...place, ...command.reason, ...stamps }
      await insertStatusReasons(tx, [reason])
      await recordEvents(tx, actorOf(principal), now, [
        { type: 'status_reason.created', subject: { type: 'status_reason', id: reason.id } }
      ])
      return reason
    },
    ['status-reasons']
  )
}
