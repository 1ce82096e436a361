import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type { RuleSet } from '../../domain/rules/rule-set.ts'
import { newId } from '../../ids.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { findPublishedRuleSet, insertRuleSet } from '../../repositories/rules/rule-sets.ts'
import type { CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import { refuseRules } from './steps/rule-set-type.ts'
import type { RuleSetType } from './steps/rule-set-type.ts'

interface CreateRuleSet extends CreateCommand<RuleSet> {
  type: RuleSetType
  note: string | null
  /** Default: a copy of the published rules. */
  rules?: unknown
}

/** Creates a draft. */
export async function createRuleSet(
  db: Database,
  command: CreateRuleSet
): Promise<Created<RuleSet> | Refusal> {
  const { principal, now, type, note, rules } = command
  const { kind } = type
  return await createOnce(db, command, async (tx) => {
    const refusal = rules === undefined ? null : await refuseRules(tx, type, rules)
    if (refusal) return refusal
    const content = rules ?? (await findPublishedRuleSet(tx, kind))?.content ?? type.empty
    const draft: RuleSet = {
      id: newId(),
      kind,
      state: 'draft',
      number: null,
      note,
      content,
      publishedAt: null,
      version: 1,
      createdAt: now,
      updatedAt: now
    }
    await insertRuleSet(tx, draft)
    await recordEvents(tx, actorOf(principal), now, [
      { type: 'rule_set.created', subject: { type: 'rule_set', id: draft.id }, data: { kind } }
    ])
    return draft
  })
}
