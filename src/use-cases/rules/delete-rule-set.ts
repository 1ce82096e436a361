import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type { RuleSet } from '../../domain/rules/rule-set.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { deleteRuleSet as removeRuleSet } from '../../repositories/rules/rule-sets.ts'
import { write } from '../write.ts'
import { lockDraft } from './steps/lock-draft.ts'
import type { RuleSetCommand } from './steps/lock-draft.ts'

/** Deletes a draft and returns it. */
export async function deleteRuleSet(
  db: Database,
  command: RuleSetCommand
): Promise<RuleSet | Refusal> {
  const { principal, now, type } = command
  return await write(db, command, async (tx) => {
    const draft = await lockDraft(tx, command)
    if (isRefusal(draft)) return draft
    await recordEvents(tx, actorOf(principal), now, [
      {
        type: 'rule_set.deleted',
        subject: { type: 'rule_set', id: draft.id },
        data: { kind: type.kind }
      }
    ])
    await removeRuleSet(tx, draft.id)
    return draft
  })
}
