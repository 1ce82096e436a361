import type { NotTheirsToChange } from '../../../domain/access/not-theirs.ts'
import type { Refusal } from '../../../domain/refusals.ts'

/** What became of one lead of many: refused ones stay as they are. */
export type BulkResult =
  | { leadId: string; outcome: 'changed' | 'unchanged' }
  | { leadId: string; outcome: 'refused'; refusal: Refusal | NotTheirsToChange }

/** What became of many leads that one request changes. */
export interface BulkResults {
  /** The operation that undoes the change. Null when no lead changed. */
  operationId: string | null
  /** In the order in which the request names the leads. */
  results: BulkResult[]
}
