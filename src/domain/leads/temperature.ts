export const TEMPERATURES = ['hot', 'warm', 'cold'] as const
export type Temperature = (typeof TEMPERATURES)[number]

/** The setter of a temperature: a user, whose choice holds for a while, or the score. */
export const TEMPERATURE_ORIGINS = ['user', 'score'] as const
export type TemperatureOrigin = (typeof TEMPERATURE_ORIGINS)[number]
