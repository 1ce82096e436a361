import type { Transaction } from '../../../database/client.ts'
import { actorOf } from '../../../domain/events/event.ts'
import type { RuleSet, RuleSetKind } from '../../../domain/rules/rule-set.ts'
import { recordEvents } from '../../../repositories/events/record-events.ts'
import { findLatestNumber, supersedePublished } from '../../../repositories/rules/rule-sets.ts'
import type { Command } from '../../command.ts'
import type { RuleSetType } from './rule-set-type.ts'

/** The members of a version that publication sets. */
type Publication = Pick<RuleSet, 'number' | 'publishedAt'> & { state: 'published' }

/** Serialises the publications of a kind, because they number themselves. */
export function publicationLock(kind: RuleSetKind): string {
  return `publish ${kind} rules`
}

/** Publishes the version that `save` writes, and supersedes the current one. Needs the lock. */
export async function publish(
  tx: Transaction,
  { principal, now, type }: Command & { type: RuleSetType },
  save: (publication: Publication) => Promise<RuleSet>,
  rolledBackTo: string | null = null
): Promise<RuleSet> {
  const { kind } = type
  await supersedePublished(tx, kind, now)
  const number = (await findLatestNumber(tx, kind)) + 1
  const published = await save({ state: 'published', number, publishedAt: now })
  await recordEvents(tx, actorOf(principal), now, [
    {
      type: 'rule_set.published',
      subject: { type: 'rule_set', id: published.id },
      data: { kind, number, rolledBackTo }
    }
  ])
  await type.afterPublication?.(tx, published, now)
  return published
}
