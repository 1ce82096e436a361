import type { Database, Transaction } from '../../database/client.ts'
import { mayChangeUser } from '../../domain/access/permissions.ts'
import type { User } from '../../domain/access/user.ts'
import { actorOf } from '../../domain/events/event.ts'
import { forbidden } from '../../domain/refusals.ts'
import type { Fault, Refusal } from '../../domain/refusals.ts'
import { newId } from '../../ids.ts'
import { insertUser, joinQueues } from '../../repositories/access/users.ts'
import { findDefaultQueueId } from '../../repositories/dealers/queues.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import type { Passwords } from '../../security/passwords.ts'
import type { CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'

export interface CreateUser extends CreateCommand<User> {
  user: Omit<User, 'id' | 'active' | 'absences' | 'version' | 'createdAt' | 'updatedAt'>
  password: string | null
  /** Null: for members the default queue, for others none. */
  queueIds: readonly string[] | null
  passwords: Passwords
}

export async function createUser(
  db: Database,
  command: CreateUser
): Promise<Created<User> | Refusal> {
  const { principal, now, password, passwords } = command
  if (!mayChangeUser(principal, command.user.role)) return forbidden('role-out-of-reach')
  // Before the transaction begins: hashing takes longer than a lock may be held.
  const passwordHash = password === null ? null : await passwords.hash(password)
  return await createOnce(db, command, async (tx) => {
    const stamps = { version: 1, createdAt: now, updatedAt: now }
    const user: User = { id: newId(), ...command.user, active: true, absences: [], ...stamps }
    await insertUser(tx, { ...user, passwordHash })
    const queueIds = command.queueIds ?? (await usualQueues(tx, user))
    const unknown = await joinQueues(tx, { userId: user.id, queueIds, now })
    if (unknown.length > 0) return { refusal: 'invalid', faults: unknown.map(queueFault) }
    await recordEvents(tx, actorOf(principal), now, [
      {
        type: 'user.created',
        subject: { type: 'user', id: user.id },
        data: { role: user.role, queueIds }
      }
    ])
    return user
  })
}

function queueFault(index: number): Fault {
  return { pointer: `/queues/${index}`, fault: 'unknown-queue' }
}

/** A member sees no lead that waits in a queue of others; owners and admins see all. */
async function usualQueues(tx: Transaction, { role }: User): Promise<string[]> {
  return role === 'member' ? [await findDefaultQueueId(tx)] : []
}
