import type { Database } from '../../database/client.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { MAX_MERGED, mergedFields, refuseChoices } from '../../domain/clients/merge.ts'
import type { MergeChoices, MergePreview } from '../../domain/clients/merge.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { findClient } from '../../repositories/clients/clients.ts'
import { MOVING_KINDS, countMoving } from '../../repositories/clients/merges.ts'
import { refuseMerge } from './steps/refuse-merge.ts'

/** Says what a merge would make of two clients, and changes nothing. */
export async function previewMerge(
  db: Database,
  {
    principal,
    survivorId,
    goneId,
    choices
  }: { principal: TenantPrincipal; survivorId: string; goneId: string; choices: MergeChoices }
): Promise<MergePreview | Refusal> {
  return await db.read(principal.dealerId, async (tx) => {
    const remaining = await findClient(tx, principal, survivorId)
    const merged = await findClient(tx, principal, goneId)
    if (!remaining || !merged) return notFound('client')
    const refusal =
      refuseMerge({ survivorId, goneId }, { survivor: remaining, gone: merged }) ??
      refuseChoices(remaining.content, merged.content, choices)
    if (refusal) return refusal
    const moves = { leads: 0, activities: 0, opportunities: 0, sales: 0 }
    for (const kind of MOVING_KINDS) {
      moves[kind] = await countMoving(tx, kind, { clientId: merged.id, limit: MAX_MERGED + 1 })
    }
    const fields = mergedFields(remaining.content, merged.content, choices)
    return { remaining, merged, fields, moves }
  })
}
