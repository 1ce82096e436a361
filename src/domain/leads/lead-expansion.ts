/** Records of a lead that a response can have whole. */
export const LEAD_EXPANSIONS = ['client', 'assignee', 'nextAction'] as const
export type LeadExpansion = (typeof LEAD_EXPANSIONS)[number]
