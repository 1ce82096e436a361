import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type { RuleSet } from '../../domain/rules/rule-set.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { updateRuleSet } from '../../repositories/rules/rule-sets.ts'
import { write } from '../write.ts'
import { lockDraft } from './steps/lock-draft.ts'
import type { RuleSetCommand } from './steps/lock-draft.ts'
import { refuseRules } from './steps/rule-set-type.ts'

interface ChangeRuleSet extends RuleSetCommand {
  change: { note?: string | null; rules?: unknown }
}

/** Changes a draft. */
export async function changeRuleSet(
  db: Database,
  command: ChangeRuleSet
): Promise<RuleSet | Refusal> {
  const { principal, now, type, change } = command
  const { rules, ...rest } = change
  return await write(db, command, async (tx) => {
    const draft = await lockDraft(tx, command)
    if (isRefusal(draft)) return draft
    const refusal = rules === undefined ? null : await refuseRules(tx, type, rules)
    if (refusal) return refusal
    await recordEvents(tx, actorOf(principal), now, [
      {
        type: 'rule_set.updated',
        subject: { type: 'rule_set', id: draft.id },
        data: { kind: type.kind, fields: Object.keys(change) }
      }
    ])
    const columns = { ...rest, ...(rules === undefined ? {} : { content: rules }) }
    return await updateRuleSet(tx, draft.id, columns, now)
  })
}
