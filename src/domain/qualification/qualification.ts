export const TEMPERATURES = ['hot', 'warm', 'cold'] as const
export type Temperature = (typeof TEMPERATURES)[number]
