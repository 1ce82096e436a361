import type { DealerSettings } from '../dealers/dealer.ts'
import type { DeliveryPurpose } from '../deliveries/delivery.ts'

/** Somebody of the dealer's who may be written to. */
export interface MailedColleague {
  id: string
  name: string
  email: string
}

/** A message to one colleague, about one handover or activity. */
export interface ColleagueMail {
  purpose: DeliveryPurpose
  aboutId: string
  recipientName: string | null
  recipientAddress: string
}

/**
 * Who is written to about a handover or an activity: these colleagues; of a test lead only the
 * dealer's test address, once.
 */
export function planColleagueMail(
  purpose: DeliveryPurpose,
  colleagues: readonly MailedColleague[],
  {
    aboutId,
    isTest,
    settings
  }: { aboutId: string; isTest: boolean; settings: Pick<DealerSettings, 'testAddress'> }
): ColleagueMail[] {
  if (colleagues.length === 0) return []
  if (isTest) {
    const { testAddress } = settings
    return testAddress === null
      ? []
      : [{ purpose, aboutId, recipientName: null, recipientAddress: testAddress }]
  }
  return colleagues.map(({ name, email }) => ({
    purpose,
    aboutId,
    recipientName: name,
    recipientAddress: email
  }))
}
