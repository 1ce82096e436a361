/**
 * Why a user sees a lead that is not theirs: they entered it, were told of it, handed it over, own
 * the referral link it came by, signed up its promoter, or qualified it.
 */
export const PARTICIPATIONS = [
  'author',
  'told',
  'handed_over',
  'referral',
  'promoter',
  'qualified'
] as const
export type Participation = (typeof PARTICIPATIONS)[number]

/** A user who has to do with a lead, also of another user. */
export interface Participant {
  userId: string
  reason: Participation
}

/** The reasons of those who worked on a lead: they see its client, too. */
export const WORKED_ON: readonly Participation[] = ['handed_over', 'qualified']

/** The reasons that a user has of their own: they read the lead also after it was converted. */
export const OWN_REASONS: readonly Participation[] = PARTICIPATIONS.filter(
  (reason) => reason !== 'told'
)

/** A user with all their reasons. */
export interface GroupedParticipant {
  userId: string
  reasons: Participation[]
}

/** Each user once, with the reasons in their order. */
export function groupParticipants(participants: readonly Participant[]): GroupedParticipant[] {
  const reasons = new Map<string, Set<Participation>>()
  for (const { userId, reason } of participants) {
    reasons.set(userId, (reasons.get(userId) ?? new Set()).add(reason))
  }
  return [...reasons].map(([userId, set]) => ({ userId, reasons: [...set] }))
}
