import { isAbsent } from '../access/user.ts'
import type { Absence } from '../access/user.ts'
import { isWorkingTime } from '../clock/working-time.ts'
import type { WorkingHours } from '../clock/working-hours.ts'
import type { DealerSettings } from '../dealers/dealer.ts'
import type { Recipient } from './notification.ts'

/** An active user who may hear of leads in a queue: as a member, or as an owner. */
export interface QueueRecipient extends Recipient {
  /** The queue they belong to; null: they are listed as an owner. */
  queueId: string | null
  absences: Absence[]
  /** Null: the dealer's. */
  workingHours: WorkingHours | null
}

/**
 * Who hears of a lead that comes into a queue: its members on duty; where none is, all that are not
 * absent. A queue without members has owners instead, unless a mailbox of the dealer hears of leads, so
 * that a new dealer's first lead is not lost. `exceptId` knows already: they put it there.
 */
export function hearersOfQueue(
  recipients: readonly QueueRecipient[],
  {
    queueId,
    settings,
    workingHours,
    zone,
    at,
    exceptId
  }: {
    queueId: string
    settings: Pick<DealerSettings, 'leadAddress' | 'adfAddress'>
    workingHours: WorkingHours | null
    zone: string
    at: Date
    exceptId: string | null
  }
): QueueRecipient[] {
  const members = recipients.filter((user) => user.queueId === queueId)
  const isHeard = settings.leadAddress !== null || settings.adfAddress !== null
  if (members.length === 0) {
    return isHeard ? [] : recipients.filter(({ id, queueId: of }) => of === null && id !== exceptId)
  }
  const present = members.filter(({ absences }) => !isAbsent(absences, at))
  const onDuty = present.filter((user) =>
    isWorkingTime(user.workingHours ?? workingHours, zone, at)
  )
  return (onDuty.length > 0 ? onDuty : present).filter(({ id }) => id !== exceptId)
}
