import type { Database } from '../../database/client.ts'
import type { Duplicate } from '../../domain/matching/duplicate.ts'
import { invalid, isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { findDuplicate, updateDuplicate } from '../../repositories/matching/duplicates.ts'
import { DUPLICATES_LOCK } from '../../repositories/matching/duplicate-writes.ts'
import { isActiveUser } from '../clients/steps/responsible-user.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'

interface DecideDuplicate extends ChangeCommand {
  duplicateId: string
  /** `different`: they are two people. `open`: that was wrong. */
  state: 'open' | 'different' | undefined
  /** The user who is to decide. */
  assigneeId: string | null | undefined
}

/** Changes what is known of a pair of clients, and who is to decide. */
export async function decideDuplicate(
  db: Database,
  command: DecideDuplicate
): Promise<Duplicate | Refusal> {
  const { principal, duplicateId: id, state, assigneeId, now } = command
  return await write(
    db,
    command,
    async (tx) => {
      const before = expected(command, await findDuplicate(tx, principal, id), 'duplicate')
      if (isRefusal(before)) return before
      if (before.state === 'merged') return { refusal: 'merged-before' }
      if (typeof assigneeId === 'string' && !(await isActiveUser(tx, assigneeId))) {
        return invalid('/assigneeId', 'inactive-user')
      }
      const decided = {
        decidedBy: state === 'different' && principal.kind === 'user' ? principal.id : null,
        decidedAt: state === 'different' ? now : null
      }
      const isDecided = state !== undefined && state !== before.state
      const change = {
        ...(isDecided ? { state, ...decided } : {}),
        ...(assigneeId === undefined ? {} : { assigneeId })
      }
      await updateDuplicate(tx, id, change, now)
      const changed = await findDuplicate(tx, principal, id)
      if (!changed) throw new Error('a pair that was changed is gone')
      return changed
    },
    [DUPLICATES_LOCK]
  )
}
