import { randomText } from '../../security/credentials.ts'
import type { Database, Transaction } from '../../database/client.ts'
import { DEFAULT_DEALER_SETTINGS } from '../../domain/dealers/dealer.ts'
import type { Dealer } from '../../domain/dealers/dealer.ts'
import type { Actor } from '../../domain/events/event.ts'
import { DEFAULT_SOURCES } from '../../domain/dealers/source.ts'
import { STATUS_GROUPS } from '../../domain/leads/status-groups.ts'
import { DEFAULT_SALE_STATUSES } from '../../domain/sales/sale.ts'
import { newId } from '../../ids.ts'
import { insertDealer } from '../../repositories/dealers/dealers.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { insertQueue } from '../../repositories/dealers/queues.ts'
import { insertSources } from '../../repositories/dealers/sources.ts'
import { insertTeams } from '../../repositories/dealers/teams.ts'
import { leadStatuses, saleStatusRecords } from '../../repositories/dealers/status-records.ts'
import { insertUser } from '../../repositories/access/users.ts'

export interface NewDealer extends Pick<
  Dealer,
  | 'name'
  | 'slug'
  | 'locale'
  | 'timeZone'
  | 'country'
  | 'currency'
  | 'email'
  | 'phone'
  | 'url'
  | 'address'
> {
  settings?: Partial<Dealer['settings']>
  owner: { name: string; email: string; passwordHash: string | null }
}

/** What a dealer begins with, beside itself. */
export interface FoundedDealer {
  dealer: Dealer
  ownerId: string
  defaultQueueId: string
}

/**
 * Makes a dealer with all it needs to take leads: its owner, one status of each group, the usual
 * sources, and a default queue. All of it commits, or none does.
 *
 * `then` runs in the same transaction, for what must come into being together with the dealer.
 */
export async function createDealer(
  db: Database,
  { incoming, actor, now }: { incoming: NewDealer; actor: Actor; now: Date },
  then: (tx: Transaction, founded: FoundedDealer) => Promise<void> = async () => {
    await Promise.resolve()
  }
): Promise<FoundedDealer> {
  const id = newId()
  return await db.foundingTransaction(id, async (tx) => {
    const { owner, settings, ...words } = incoming
    const dealer: Dealer = {
      id,
      ...words,
      settings: { ...DEFAULT_DEALER_SETTINGS, ...settings },
      workingHours: null,
      version: 1,
      createdAt: now,
      updatedAt: now
    }
    await insertDealer(tx, dealer)
    const stamps = { version: 1, createdAt: now, updatedAt: now }
    await leadStatuses.insert(
      tx,
      STATUS_GROUPS.map((group, position) => ({
        id: newId(),
        name: group,
        group,
        color: null,
        position,
        ...stamps
      }))
    )
    await saleStatusRecords.insert(
      tx,
      DEFAULT_SALE_STATUSES.map((status, position) => ({
        id: newId(),
        ...status,
        color: null,
        position,
        ...stamps
      }))
    )
    await insertSources(
      tx,
      DEFAULT_SOURCES.map((source) => ({ id: newId(), ...source, active: true, ...stamps }))
    )
    const defaultQueueId = newId()
    await insertQueue(tx, {
      id: defaultQueueId,
      name: 'Default',
      isDefault: true,
      workingHours: null,
      ...stamps
    })
    await insertTeams(tx, now)
    const ownerId = newId()
    await insertUser(tx, {
      id: ownerId,
      email: owner.email,
      name: owner.name,
      phone: null,
      role: 'owner',
      team: null,
      grants: [],
      active: true,
      absences: [],
      workingHours: null,
      capacityPerDay: null,
      languages: [],
      passwordHash: owner.passwordHash,
      ...stamps
    })
    await recordEvents(tx, actor, now, [
      { type: 'dealer.created', subject: { type: 'dealer', id } },
      { type: 'user.created', subject: { type: 'user', id: ownerId }, data: { role: 'owner' } }
    ])
    const founded = { dealer, ownerId, defaultQueueId }
    await then(tx, founded)
    return founded
  })
}

/** A password nobody chose: for the demo's owner. */
export function makePassword(): string {
  return randomText(20)
}
