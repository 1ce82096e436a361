/** Records of a client that a response can have whole. */
export const CLIENT_EXPANSIONS = ['responsibleUser', 'account', 'createdFromLead'] as const
export type ClientExpansion = (typeof CLIENT_EXPANSIONS)[number]
