export const TEMPERATURES = ['hot', 'warm', 'cold'] as const
export type Temperature = (typeof TEMPERATURES)[number]

/** The setter of a temperature: a person, whose choice holds for a while, or the score. */
export const TEMPERATURE_ORIGINS = ['person', 'score'] as const
export type TemperatureOrigin = (typeof TEMPERATURE_ORIGINS)[number]
