import type { DealerSettings } from '../dealers/dealer.ts'
import { mailTo } from '../deliveries/delivery.ts'
import type { MailPurpose, PlannedDelivery } from '../deliveries/delivery.ts'

/** Somebody of the dealer's who may be written to. */
export interface MailedColleague {
  id: string
  name: string
  email: string
}

/**
 * Who is written to about a handover or an activity: these colleagues; of a test lead only the
 * dealer's test address, once.
 */
export function planColleagueMail(
  purpose: MailPurpose,
  colleagues: readonly MailedColleague[],
  {
    aboutId,
    isTest,
    settings
  }: { aboutId: string; isTest: boolean; settings: Pick<DealerSettings, 'testAddress'> }
): PlannedDelivery[] {
  if (colleagues.length === 0) return []
  if (isTest) {
    const { testAddress } = settings
    return testAddress === null ? [] : [{ ...mailTo(purpose, testAddress), aboutId }]
  }
  return colleagues.map(({ name, email }) => ({ ...mailTo(purpose, email, name), aboutId }))
}
