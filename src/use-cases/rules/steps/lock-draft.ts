import type { Transaction } from '../../../database/client.ts'
import { isRefusal } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import type { RuleSet } from '../../../domain/rules/rule-set.ts'
import { findRuleSet } from '../../../repositories/rules/rule-sets.ts'
import { expected } from '../../command.ts'
import type { ChangeCommand } from '../../command.ts'
import type { RuleSetType } from './rule-set-type.ts'

export interface RuleSetCommand extends ChangeCommand {
  type: RuleSetType
  ruleSetId: string
}

export async function lockDraft(
  tx: Transaction,
  command: RuleSetCommand
): Promise<RuleSet | Refusal> {
  const locked = await findRuleSet(tx, command.type.kind, command.ruleSetId, 'no key update')
  const ruleSet = expected(command, locked, 'version')
  if (isRefusal(ruleSet) || ruleSet.state === 'draft') return ruleSet
  return { refusal: 'rule-set-not-draft' }
}
