import type { Database } from '../../database/client.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type { RuleSet } from '../../domain/rules/rule-set.ts'
import { newId } from '../../ids.ts'
import { insertRuleSet, findRuleSet } from '../../repositories/rules/rule-sets.ts'
import { expected } from '../command.ts'
import type { CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import type { RuleSetCommand } from './steps/lock-draft.ts'
import { publicationLock, publish } from './steps/publish.ts'
import { refuseRules } from './steps/rule-set-type.ts'

interface RollBackRuleSet extends RuleSetCommand, CreateCommand<RuleSet> {}

/** Publishes the rules of a superseded version as a new version, so the history stays complete. */
export async function rollBackRuleSet(
  db: Database,
  command: RollBackRuleSet
): Promise<Created<RuleSet> | Refusal> {
  const { type, ruleSetId, now } = command
  return await createOnce(
    db,
    command,
    async (tx) => {
      const locked = await findRuleSet(tx, type.kind, ruleSetId, 'no key update')
      const earlier = expected(command, locked, 'version')
      if (isRefusal(earlier)) return earlier
      if (earlier.state !== 'superseded') return { refusal: 'rule-set-not-superseded' }
      const refusal = await refuseRules(tx, type, earlier.content)
      if (refusal) return refusal
      const stamps = { version: 1, createdAt: now, updatedAt: now }
      return await publish(
        tx,
        command,
        async (publication) => {
          const restored: RuleSet = { ...earlier, ...publication, ...stamps, id: newId() }
          await insertRuleSet(tx, restored)
          return restored
        },
        earlier.id
      )
    },
    [publicationLock(type.kind)]
  )
}
