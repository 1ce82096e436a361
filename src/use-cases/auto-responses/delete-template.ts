import type { Database } from '../../database/client.ts'
import type { AutoResponseRules } from '../../domain/auto-responses/auto-response-rules.ts'
import { actorOf } from '../../domain/events/event.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type { RuleSet } from '../../domain/rules/rule-set.ts'
import {
  findTemplate,
  deleteTemplate as removeTemplate
} from '../../repositories/auto-responses/templates.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { findPublishedRuleSet } from '../../repositories/rules/rule-sets.ts'
import type { Command } from '../command.ts'
import { write } from '../write.ts'

/**
 * Deletes a template that the published rules don't name. The template is locked before the rules are
 * read, because publishing locks the templates of the new rules.
 */
export async function deleteTemplate(
  db: Database,
  command: Command & { templateId: string }
): Promise<Refusal | null> {
  const { principal, now, templateId: id } = command
  return await write(db, command, async (tx) => {
    if (!(await findTemplate(tx, id, 'update'))) return notFound('template')
    const published = await findPublishedRuleSet(tx, 'auto_response')
    const rules = published as RuleSet<AutoResponseRules> | null
    if (rules && templatesOf(rules.content).includes(id)) return { refusal: 'template-in-use' }
    await removeTemplate(tx, id)
    await recordEvents(tx, actorOf(principal), now, [
      { type: 'template.deleted', subject: { type: 'template', id } }
    ])
    return null
  })
}

function templatesOf({ entries, default: otherwise }: AutoResponseRules): (string | null)[] {
  return [...entries.map(({ templateId }) => templateId), otherwise?.templateId ?? null]
}
