import { randomText } from '../../security/credentials.ts'
import type { Database, Transaction } from '../../database/client.ts'
import { DEFAULT_DEALER_SETTINGS } from '../../domain/dealers/dealer.ts'
import { DEFAULT_QUEUE_NAME } from '../../domain/access/user.ts'
import type { User } from '../../domain/access/user.ts'
import type { Dealer, Locale } from '../../domain/dealers/dealer.ts'
import type { Actor } from '../../domain/events/event.ts'
import { DEFAULT_SOURCES } from '../../domain/dealers/source.ts'
import { DEFAULT_STATUS_REASONS } from '../../domain/dealers/status-reason.ts'
import { STATUS_GROUPS } from '../../domain/leads/status-groups.ts'
import { DEFAULT_SALE_STATUSES } from '../../domain/sales/sale.ts'
import { NORMALISER_VERSION } from '../../domain/matching/person-form.ts'
import { newId } from '../../ids.ts'
import { insertDealer } from '../../repositories/dealers/dealers.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { insertQueue } from '../../repositories/dealers/queues.ts'
import { insertSources } from '../../repositories/dealers/sources.ts'
import { insertStatusReasons } from '../../repositories/dealers/status-reasons.ts'
import { insertTeams } from '../../repositories/dealers/teams.ts'
import { leadStatuses, saleStatusRecords } from '../../repositories/dealers/status-records.ts'
import { insertNoRekeying } from '../../repositories/matching/rekeyings.ts'
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

/** The first records of a new dealer. */
export interface FoundedDealer {
  dealer: Dealer
  ownerId: string
  defaultQueueId: string
}

interface FoundDealer {
  incoming: NewDealer
  actor: Actor
  now: Date
  /** Runs in the same transaction, for records that must come into being together with the dealer. */
  complete?: (tx: Transaction, founded: FoundedDealer) => Promise<void>
}

/**
 * Makes a dealer with all it needs to take leads: its owner, one status of each group, the usual
 * sources, and a default queue. All of it commits, or none does.
 */
export async function foundDealer(
  db: Database,
  { incoming, actor, now, complete }: FoundDealer
): Promise<FoundedDealer> {
  const id = newId()
  return await db.foundingTransaction(id, async (tx) => {
    const { owner, settings, ...rest } = incoming
    const dealer: Dealer = {
      id,
      ...rest,
      settings: { ...DEFAULT_DEALER_SETTINGS, ...settings },
      workingHours: null,
      version: 1,
      createdAt: now,
      updatedAt: now
    }
    await insertDealer(tx, dealer)
    const stamps = { version: 1, createdAt: now, updatedAt: now }
    await insertDefaults(tx, dealer.locale, stamps)
    await insertNoRekeying(tx, { id: newId(), version: NORMALISER_VERSION, now })
    const defaultQueueId = newId()
    await insertQueue(tx, {
      id: defaultQueueId,
      name: DEFAULT_QUEUE_NAME,
      isDefault: true,
      workingHours: null,
      ...stamps
    })
    const ownerId = newId()
    await insertUser(tx, { ...NEW_OWNER, id: ownerId, ...owner, ...stamps })
    await recordEvents(tx, actor, now, [
      { type: 'dealer.created', subject: { type: 'dealer', id } },
      { type: 'user.created', subject: { type: 'user', id: ownerId }, data: { role: 'owner' } }
    ])
    const founded = { dealer, ownerId, defaultQueueId }
    await complete?.(tx, founded)
    return founded
  })
}

const NEW_OWNER = {
  phone: null,
  role: 'owner',
  team: null,
  grants: [],
  active: true,
  absences: [],
  workingHours: null,
  capacityPerDay: null,
  locale: null,
  languages: []
} as const satisfies Partial<User>

interface Stamps {
  version: number
  createdAt: Date
  updatedAt: Date
}

async function insertDefaults(tx: Transaction, locale: Locale, stamps: Stamps): Promise<void> {
  const statuses = STATUS_GROUPS.map((group) => ({ name: group, group }))
  await leadStatuses.insert(tx, statuses.map(placed))
  await saleStatusRecords.insert(tx, DEFAULT_SALE_STATUSES.map(placed))
  const reasons = DEFAULT_STATUS_REASONS.map(({ key, group, names }, position) => ({
    ...{ id: newId(), key, group, name: names[locale], position, active: true },
    ...stamps
  }))
  await insertStatusReasons(tx, reasons)
  await insertSources(
    tx,
    DEFAULT_SOURCES.map((source) => ({
      id: newId(),
      ...source,
      active: true,
      lenient: false,
      quietAfterHours: null,
      ...stamps
    }))
  )
  await insertTeams(tx, stamps.createdAt)

  function placed<Status extends object>(status: Status, position: number) {
    return { id: newId(), ...status, color: null, position, ...stamps }
  }
}

/** A password that is made for an owner. */
export function makePassword(): string {
  return randomText(20)
}
