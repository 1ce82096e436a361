import type { Database, Transaction } from '../../database/client.ts'
import { mailOfDigest } from '../../domain/deliveries/delivery.ts'
import { latestTurn } from '../../domain/notifications/digest.ts'
import { newId } from '../../ids.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { createDeliveries } from '../../repositories/deliveries/deliveries.ts'
import {
  fillDigest,
  findAwaitingUsers,
  insertDigest
} from '../../repositories/notifications/digests.ts'
import type { AwaitingUser } from '../../repositories/notifications/digests.ts'
import type { WatchCommand } from '../command.ts'

/** The number of users of whom one round asks, in the order of their ids. */
const BATCH = 500

/**
 * Sends the daily digests whose time has come: all that waits for a user, in one mail, once a day. Users
 * for whom nothing waits get none. Returns 0: one round is enough, because each looks at all users.
 */
export async function sendDigests(
  db: Database,
  { dealerId, now, mailDomain }: Pick<WatchCommand, 'dealerId' | 'now' | 'mailDomain'>
): Promise<number> {
  let after: string | null = null
  do {
    const last: string | null = await db.transaction(dealerId, (tx) =>
      sendAfter(tx, after, { now, mailDomain })
    )
    after = last
  } while (after !== null)
  return 0
}

/** The digests of the next users; returns the last of them, or null: there are no more. */
async function sendAfter(
  tx: Transaction,
  after: string | null,
  { now, mailDomain }: { now: Date; mailDomain: string }
): Promise<string | null> {
  const awaiting = await findAwaitingUsers(tx, after, BATCH)
  const dealer = awaiting.length === 0 ? null : await findDealer(tx)
  if (!dealer) return null
  for (const user of awaiting) {
    await sendTo(tx, user, { timeZone: dealer.timeZone, now, mailDomain })
  }
  return awaiting.length < BATCH ? null : (awaiting.at(-1)?.id ?? null)
}

/** What came after the turn waits for the next one, and so does all else where that day had its digest. */
async function sendTo(
  tx: Transaction,
  user: AwaitingUser,
  { timeZone, now, mailDomain }: { timeZone: string; now: Date; mailDomain: string }
): Promise<void> {
  const turn = latestTurn(now, user.digestTime, timeZone)
  if (user.waitingSince >= turn.at) return
  const digest = { id: newId(), userId: user.id, day: turn.day, createdAt: now }
  if (!(await insertDigest(tx, digest))) return
  await fillDigest(tx, { digestId: digest.id, userId: user.id, until: turn.at })
  const deliveries = [mailOfDigest(user, digest.id)]
  await createDeliveries(tx, { leadId: null, deliveries, mailDomain, now })
}
