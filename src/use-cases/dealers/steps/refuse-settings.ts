import type { Transaction } from '../../../database/client.ts'
import type { DealerSettings } from '../../../domain/dealers/dealer.ts'
import { warnsInTime } from '../../../domain/dealers/response-limit.ts'
import { invalid } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import { findUser } from '../../../repositories/access/users.ts'

/** Refuses settings that contradict each other or name an unknown user: of a new dealer as of a changed one. */
export async function refuseSettings(
  tx: Transaction,
  settings: DealerSettings,
  before: Pick<DealerSettings, 'fallbackAssigneeId'>
): Promise<Refusal | null> {
  if (!warnsInTime(settings)) {
    return invalid('/settings/responseWarningMinutes', 'warning-after-limit')
  }
  const { fallbackAssigneeId: userId } = settings
  const isNewUser = userId !== null && userId !== before.fallbackAssigneeId
  if (isNewUser && !(await findUser(tx, userId))) {
    return invalid('/settings/fallbackAssigneeId', 'unknown-user')
  }
  return null
}
