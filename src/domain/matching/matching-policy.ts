/**
 * How people are compared. `exact`: a shared e-mail or phone, then the names. `fuzzy`: all that is known of
 * them, as far as it is rare or common.
 */
export const MATCHING_POLICIES = ['fuzzy', 'exact'] as const
export type MatchingPolicy = (typeof MATCHING_POLICIES)[number]
