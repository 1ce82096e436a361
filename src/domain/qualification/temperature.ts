import type { DealerSettings } from '../dealers/dealer.ts'
import type { Temperature, TemperatureOrigin } from './qualification.ts'

const DAY_MS = 86_400_000

/** A temperature as a lead keeps it. */
export interface HeldTemperature {
  temperature: Temperature
  temperatureBy: TemperatureOrigin
  /** When it cools by one step, or null: it stays. */
  coolAt: Date | null
}

/** A temperature that a person set: it holds for as many days as the dealer lets it. */
export function setByPerson(
  temperature: Temperature,
  { temperatureHoldDays }: Pick<DealerSettings, 'temperatureHoldDays'>,
  now: Date
): HeldTemperature {
  const coolAt =
    temperatureHoldDays === null ? null : new Date(now.getTime() + temperatureHoldDays * DAY_MS)
  return { temperature, temperatureBy: 'person', coolAt }
}
