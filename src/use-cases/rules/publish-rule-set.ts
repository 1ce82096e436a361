import type { Database } from '../../database/client.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type { RuleSet } from '../../domain/rules/rule-set.ts'
import { updateRuleSet } from '../../repositories/rules/rule-sets.ts'
import { write } from '../write.ts'
import { lockDraft } from './steps/lock-draft.ts'
import type { RuleSetCommand } from './steps/lock-draft.ts'
import { publicationLock, publish } from './steps/publish.ts'
import { refuseRules } from './steps/rule-set-type.ts'

/** Publishes a draft in place of the published version. */
export async function publishRuleSet(
  db: Database,
  command: RuleSetCommand
): Promise<RuleSet | Refusal> {
  const { type, now } = command
  return await write(
    db,
    command,
    async (tx) => {
      const draft = await lockDraft(tx, command)
      if (isRefusal(draft)) return draft
      const refusal = await refuseRules(tx, type, draft.content)
      if (refusal) return refusal
      return await publish(tx, command, (publication) =>
        updateRuleSet(tx, draft.id, publication, now)
      )
    },
    [publicationLock(type.kind)]
  )
}
