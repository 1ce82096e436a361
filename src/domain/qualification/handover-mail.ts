import type { DealerSettings } from '../dealers/dealer.ts'
import { mailToTester, mailToUser } from '../deliveries/delivery.ts'
import type { PlannedDelivery, StaffMailPurpose } from '../deliveries/delivery.ts'

/** A user who gets mails. */
export interface MailedColleague {
  id: string
  name: string
  email: string
}

/**
 * Plans mails to users about a handover or an activity. About a test lead, only the dealer's test
 * address gets one.
 */
export function planColleagueMail(
  purpose: StaffMailPurpose,
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
    return testAddress === null ? [] : [{ ...mailToTester(purpose, testAddress), aboutId }]
  }
  return colleagues.map((colleague) => ({ ...mailToUser(purpose, colleague), aboutId }))
}
