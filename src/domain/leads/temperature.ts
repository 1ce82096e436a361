export const TEMPERATURES = ['hot', 'warm', 'cold'] as const
export type Temperature = (typeof TEMPERATURES)[number]

/** Who set a temperature: a person, whose word holds for a while, or the score. */
export const TEMPERATURE_ORIGINS = ['person', 'score'] as const
export type TemperatureOrigin = (typeof TEMPERATURE_ORIGINS)[number]
