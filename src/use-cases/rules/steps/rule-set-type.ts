import type { Transaction } from '../../../database/client.ts'
import type { Fault, Refusal } from '../../../domain/refusals.ts'
import type { RuleSet, RuleSetKind } from '../../../domain/rules/rule-set.ts'

/** The rules of one kind: their checks, and the effects of their publication. */
export interface RuleSetType {
  kind: RuleSetKind
  /** The rules of a dealer's first draft. */
  empty: unknown
  /** Finds faults beyond the shape of the rules. Pointers begin at the rules. */
  findFaults: (tx: Transaction, rules: unknown) => Promise<readonly Fault[]>
  /** Runs in the transaction that publishes the rules. */
  afterPublication?: (tx: Transaction, published: RuleSet, now: Date) => Promise<void>
}

/** Refuses rules that name unknown records or contradict themselves. */
export async function refuseRules(
  tx: Transaction,
  { findFaults }: RuleSetType,
  rules: unknown
): Promise<Refusal | null> {
  const faults = await findFaults(tx, rules)
  return faults.length === 0 ? null : { refusal: 'invalid', faults }
}
