import type { Transaction } from '../../../database/client.ts'
import type { AutoResponseRules } from '../../../domain/auto-responses/auto-response-rules.ts'
import { entryFaults } from '../../../domain/rules/criteria.ts'
import type { CriteriaFault } from '../../../domain/rules/criteria.ts'
import { holdTemplates } from '../../../repositories/auto-responses/held-templates.ts'

/**
 * Finds faults beyond the shape of the rules, with pointers below them. The named templates stay until
 * the transaction ends: none can be deleted while rules with it are published.
 */
export async function findAutoResponseFaults(
  tx: Transaction,
  { entries, default: fallback, quietHours }: AutoResponseRules
): Promise<CriteriaFault[]> {
  const named = [
    ...entries.map(({ templateId }, index) => ({
      pointer: `/entries/${index}/templateId`,
      templateId
    })),
    { pointer: '/default/templateId', templateId: fallback?.templateId ?? null }
  ]
  const ids = named.flatMap(({ templateId }) => (templateId === null ? [] : [templateId]))
  const held = await holdTemplates(tx, ids)
  return [
    ...entryFaults(entries),
    ...named
      .filter(({ templateId }) => templateId !== null && !held.has(templateId))
      .map(({ pointer }) => ({ pointer, message: 'is not a known template' })),
    ...(quietHours && quietHours.from === quietHours.to
      ? [{ pointer: '/quietHours/to', message: 'is the same as from' }]
      : [])
  ]
}
