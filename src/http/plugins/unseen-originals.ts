import type { FastifyInstance } from 'fastify'

import type { Database } from '../../database/client.ts'
import { seesAll } from '../../domain/access/permissions.ts'
import { keepVisible } from '../../repositories/leads/candidates.ts'

/**
 * Leaves `duplicateOf` out of every response to a member who does not see that earlier lead: it says that
 * the person asked before. Here, as leads stand in the responses of many operations. A filter by such a
 * lead finds nothing, as one by a lead that does not exist.
 */
export function hideUnseenOriginals(scope: FastifyInstance, { db }: { db: Database }): void {
  scope.addHook('preHandler', async (request) => {
    const { principal } = request
    const query = request.query as { duplicateOf?: unknown }
    if (typeof query.duplicateOf !== 'string' || principal?.kind !== 'user') return
    if (request.validationError) return
    const asked = [{ type: 'lead' as const, id: query.duplicateOf }]
    const shown = await db.read(principal.dealerId, (tx) => keepVisible(tx, principal, asked))
    if (shown.length === 0) query.duplicateOf = NO_LEAD
  })
  scope.addHook('preSerialization', async ({ principal }, _reply, payload) => {
    if (principal?.kind !== 'user' || seesAll(principal)) return payload
    const repeats = findRepeats(payload)
    if (repeats.length === 0) return payload
    const ids = [...new Set(repeats.map(({ duplicateOf }) => duplicateOf))]
    const originals = ids.map((id) => ({ type: 'lead' as const, id }))
    const shown = await db.read(principal.dealerId, (tx) => keepVisible(tx, principal, originals))
    const seen = new Set(shown.map(({ id }) => id))
    for (const repeat of repeats) {
      if (!seen.has(repeat.duplicateOf)) Object.assign(repeat, { duplicateOf: null })
    }
    return payload
  })
}

/** The id of no record. */
const NO_LEAD = '00000000-0000-0000-0000-000000000000'

interface Repeat {
  duplicateOf: string
}

/** The leads, and the data of events, that name an earlier lead. */
function findRepeats(value: unknown): Repeat[] {
  if (typeof value !== 'object' || value === null) return []
  const within = Object.values(value).flatMap(findRepeats)
  return isRepeat(value) ? [value, ...within] : within
}

function isRepeat(value: object): value is Repeat {
  return 'duplicateOf' in value && typeof value.duplicateOf === 'string'
}
