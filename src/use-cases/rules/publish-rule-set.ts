import type { Database, Transaction } from '../../database/client.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { RuleSet, RuleSetKind } from '../../domain/rules/rule-set.ts'
import { newId } from '../../ids.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import {
  findLatestNumber,
  insertRuleSet,
  lockRuleSet,
  supersedePublished,
  updateRuleSet
} from '../../repositories/rules/rule-sets.ts'

export interface Publication {
  principal: TenantPrincipal
  actor: Actor
  kind: RuleSetKind
  id: string
  /** Throws where the call is based on another version, or the rules name what is not there. */
  check: (tx: Transaction, ruleSet: RuleSet) => Promise<void>
  /** What follows from the new rules, in the same transaction. */
  then: (tx: Transaction, published: RuleSet) => Promise<void>
  now: Date
}

/**
 * Lets a draft hold from now on, in place of what held before. Null where there is no such version; a
 * version that is no draft any more is refused.
 */
export async function publishRuleSet(
  db: Database,
  publication: Publication
): Promise<RuleSet | 'not-a-draft' | null> {
  const { kind, id, now } = publication
  const work = async (tx: Transaction) => {
    const draft = await lockRuleSet(tx, kind, id)
    if (!draft) return null
    await publication.check(tx, draft)
    if (draft.state !== 'draft') return 'not-a-draft'
    await supersedePublished(tx, kind, now)
    const number = (await findLatestNumber(tx, kind)) + 1
    const change = { state: 'published', number, publishedAt: now } as const
    const published = await updateRuleSet(tx, id, change, now)
    return await follow(tx, publication, published, null)
  }
  return await db.transaction(publication.principal.dealerId, work, [publicationLock(kind)])
}

/** Held by whoever publishes: of two publications at once the second counts on from the first. */
export function publicationLock(kind: RuleSetKind): string {
  return `publish ${kind} rules`
}

/**
 * Lets the rules of an earlier version hold again, as a new version: which rules held when stays
 * readable. Null where there is no such version; one that never held is refused. The publication lock
 * must be held.
 */
export async function rollBackRuleSet(
  tx: Transaction,
  publication: Publication
): Promise<RuleSet | 'never-held' | null> {
  const { kind, id, now } = publication
  const earlier = await lockRuleSet(tx, kind, id)
  if (!earlier) return null
  await publication.check(tx, earlier)
  if (earlier.state !== 'superseded') return 'never-held'
  await supersedePublished(tx, kind, now)
  const published: RuleSet = {
    ...earlier,
    id: newId(),
    state: 'published',
    number: (await findLatestNumber(tx, kind)) + 1,
    publishedAt: now,
    version: 1,
    createdAt: now,
    updatedAt: now
  }
  await insertRuleSet(tx, published)
  return await follow(tx, publication, published, earlier.id)
}

async function follow(
  tx: Transaction,
  { kind, actor, now, then }: Publication,
  published: RuleSet,
  rolledBackTo: string | null
): Promise<RuleSet> {
  await recordEvents(tx, actor, now, [
    {
      type: 'rule_set.published',
      subject: { type: 'rule_set', id: published.id },
      data: { kind, number: published.number, rolledBackTo }
    }
  ])
  await then(tx, published)
  return published
}
