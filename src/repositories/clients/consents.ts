import { and, asc, desc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import { inArray } from '../../database/in-array.ts'
import type { Transaction } from '../../database/client.ts'
import { clients, consents } from '../../database/schema.ts'
import { byTime } from '../../domain/clients/consent-ledger.ts'
import { consentsOfLead, statementOf } from '../../domain/clients/consent.ts'
import type { ConsentOrigin, ConsentRecord, OriginalLead } from '../../domain/clients/consent.ts'
import { actorColumns, withActor } from '../actors.ts'
import { afterCursor, pageOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { isRecord } from '../filters.ts'

/** How statements of a lead that no client brought are told from copies on clients' records. */
const SAID_OF_LEAD: readonly ConsentOrigin[] = ['direct', 'unsubscribe']

/** All that is on a client's record and not taken away, in its order. The client must be locked. */
export async function findLedger(tx: Transaction, clientId: string): Promise<ConsentRecord[]> {
  const rows = await tx.orm
    .select()
    .from(consents)
    .where(and(ofClient(tx, clientId), isNull(consents.voidFrom)))
    .orderBy(asc(consents.effectiveAt), asc(consents.id))
  return rows.map(toRecord)
}

/** Of a client's record at a moment, the latest of each purpose and channel. */
export async function findLatestOfClient(
  tx: Transaction,
  clientId: string,
  at: Date
): Promise<ConsentRecord[]> {
  const rows = await tx.orm
    .selectDistinctOn([consents.purpose, consents.channel])
    .from(consents)
    .where(
      and(
        ofClient(tx, clientId),
        lte(consents.effectiveAt, at),
        or(isNull(consents.voidFrom), gt(consents.voidFrom, at))
      )
    )
    .orderBy(consents.purpose, consents.channel, desc(consents.effectiveAt), desc(consents.id))
  return rows.map(toRecord)
}

/** One page of all that ever was on a client's record, by when it came there. */
export async function listConsentHistory(
  tx: Transaction,
  clientId: string,
  page: PageRequest
): Promise<Page<ConsentRecord>> {
  const rows = await tx.orm
    .select()
    .from(consents)
    .where(and(ofClient(tx, clientId), afterCursor(consents.effectiveAt, consents.id, page)))
    .orderBy(...pageOrder(consents.effectiveAt, consents.id, page))
    .limit(page.limit + 1)
  return toPage(rows.map(toRecord), page, ({ effectiveAt, id }) => ({ at: effectiveAt, id }))
}

/**
 * What was said with a lead, and about it since, in the order in which it was said; whichever client's
 * record it stands on besides.
 */
export async function findSaidOfLead(
  tx: Transaction,
  lead: OriginalLead
): Promise<ConsentRecord[]> {
  const rows = await tx.orm
    .select()
    .from(consents)
    .where(
      and(
        eq(consents.dealerId, tx.dealerId),
        eq(consents.leadId, lead.id),
        inArray(consents.origin, [...SAID_OF_LEAD])
      )
    )
  // Taken from a client, it is still what was said about the lead.
  const since = rows.map((row) => ({ ...toRecord(row), voidFrom: null }))
  return [...consentsOfLead(lead), ...since].toSorted(byTime)
}

/** How many statements are, or ever were, on a client's record, or on a lead's where there is none. */
export async function countConsents(
  tx: Transaction,
  { clientId, leadId }: Pick<ConsentRecord, 'clientId' | 'leadId'>
): Promise<number> {
  const ofLead = leadId === null ? sql`false` : eq(consents.leadId, leadId)
  return await tx.orm.$count(
    consents,
    clientId === null ? and(eq(consents.dealerId, tx.dealerId), ofLead) : ofClient(tx, clientId)
  )
}

/** Statements by their ids, whether they are still on the record or not. */
export async function findConsents(
  tx: Transaction,
  ids: readonly string[]
): Promise<ConsentRecord[]> {
  if (ids.length === 0) return []
  const rows = await tx.orm
    .select()
    .from(consents)
    .where(and(eq(consents.dealerId, tx.dealerId), inArray(consents.id, [...ids])))
  return rows.map(toRecord)
}

export async function insertConsents(
  tx: Transaction,
  records: readonly ConsentRecord[]
): Promise<void> {
  if (records.length === 0) return
  await tx.orm.insert(consents).values(
    records.map(({ actor, givenAt, ...record }) => ({
      dealerId: tx.dealerId,
      ...record,
      givenAt: givenAt === null ? null : new Date(givenAt),
      ...actorColumns(actor)
    }))
  )
}

/** Takes statements from the record they are on, from a moment on. */
export async function endConsents(
  tx: Transaction,
  ids: readonly string[],
  from: Date
): Promise<void> {
  if (ids.length === 0) return
  await tx.orm
    .update(consents)
    .set({ voidFrom: from })
    .where(
      and(
        eq(consents.dealerId, tx.dealerId),
        inArray(consents.id, [...ids]),
        isNull(consents.voidFrom)
      )
    )
}

/**
 * Writes the statements in effect to a locked client, with its other known values. A client made in
 * this transaction keeps its version: it was not visible before.
 */
export async function setPresentConsents(
  tx: Transaction,
  clientId: string,
  stances: readonly ConsentRecord[],
  { isNew, now }: { isNew: boolean; now: Date }
): Promise<void> {
  const present = JSON.stringify(stances.map(statementOf))
  await tx.orm
    .update(clients)
    .set({
      content: sql`jsonb_set(${clients.content}, '{consents}', ${present}::jsonb)`,
      ...(isNew ? {} : { version: sql`${clients.version} + 1`, updatedAt: now })
    })
    .where(
      and(
        isRecord(tx, clients, clientId),
        sql`${clients.content}->'consents' is distinct from ${present}::jsonb`
      )
    )
}

function ofClient(tx: Transaction, clientId: string): SQL | undefined {
  return and(eq(consents.dealerId, tx.dealerId), eq(consents.clientId, clientId))
}

function toRecord(row: typeof consents.$inferSelect): ConsentRecord {
  return { ...withActor(row), givenAt: row.givenAt?.toISOString() ?? null }
}
