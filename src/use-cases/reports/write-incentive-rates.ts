import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { invalid } from '../../domain/refusals.ts'
import { findRepeatedRate } from '../../domain/reports/incentive.ts'
import type { IncentiveRates, StoredIncentiveRates } from '../../domain/reports/incentive.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import {
  findIncentiveRates,
  writeIncentiveRates as storeIncentiveRates
} from '../../repositories/reports/incentive-rates.ts'
import { versionRefusal } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'

interface WriteIncentiveRates extends ChangeCommand {
  content: IncentiveRates
}

/** Replaces the dealer's incentive rates. */
export async function writeIncentiveRates(
  db: Database,
  command: WriteIncentiveRates
): Promise<StoredIncentiveRates | Refusal> {
  const { principal, now, content } = command
  const repeated = findRepeatedRate(content)
  if (repeated !== null) return invalid(`/rates/${repeated}/measure`, 'repeated-measure')
  return await write(
    db,
    command,
    async (tx) => {
      const before = await findIncentiveRates(tx, 'update')
      const refusal = versionRefusal(command, before.version)
      if (refusal) return refusal
      const written = await storeIncentiveRates(tx, content, now)
      await recordEvents(tx, actorOf(principal), now, [
        {
          type: 'incentive_rates.updated',
          subject: { type: 'dealer', id: principal.dealerId },
          data: { ...content, version: written.version }
        }
      ])
      return written
    },
    // Before the first rates are written there is no row to lock.
    ['incentive-rates']
  )
}
