import type { Transaction } from '../../database/client.ts'
import type { AutoResponseRules } from '../../domain/auto-responses/auto-response-rules.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { RuleSet } from '../../domain/rules/rule-set.ts'
import { deleteTemplate, lockTemplate } from '../../repositories/auto-responses/templates.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { findPublishedRuleSet } from '../../repositories/rules/rule-sets.ts'

/** Why a template stays; null: it is gone. */
export type TemplateDeletion = null | 'unknown' | 'in-use'

/**
 * Deletes a template, unless the rules that hold name it. Locked before they are read: rules that are
 * being published hold what they name.
 */
export async function removeTemplate(
  tx: Transaction,
  { id, actor, now }: { id: string; actor: Actor; now: Date }
): Promise<TemplateDeletion> {
  const template = await lockTemplate(tx, id, 'delete')
  if (!template) return 'unknown'
  const rules = (await findPublishedRuleSet(
    tx,
    'auto_response'
  )) as RuleSet<AutoResponseRules> | null
  if (rules && templatesOf(rules.content).includes(id)) return 'in-use'
  await deleteTemplate(tx, id)
  await recordEvents(tx, actor, now, [
    { type: 'template.deleted', subject: { type: 'template', id } }
  ])
  return null
}

function templatesOf({ entries, default: otherwise }: AutoResponseRules): (string | null)[] {
  return [...entries.map(({ templateId }) => templateId), otherwise?.templateId ?? null]
}
