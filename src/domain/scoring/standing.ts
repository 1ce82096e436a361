import type { Temperature, TemperatureOrigin } from '../leads/temperature.ts'
import { cooler } from './cooling.ts'
import type { LeadScore, ScorePart } from './score.ts'

const DAY_MS = 86_400_000

/** A lead's score and temperature, and when they are next looked at. */
export interface Standing {
  score: number | null
  temperature: Temperature | null
  temperatureBy: TemperatureOrigin | null
  /** Until when what a person set stays; then it cools by a step. Null: for good. */
  temperatureUntil: Date | null
  coolAt: Date | null
}

/** A lead's score as it is at this moment, and what it comes from. */
export interface ScoreNow {
  score: number | null
  temperature: Temperature | null
  temperatureBy: TemperatureOrigin | null
  parts: ScorePart[]
  /** Null: no rules are published, and the values are from earlier ones. */
  ruleSetId: string | null
  computedAt: Date | null
  coolAt: Date | null
}

/** A lead as a new score leaves it: the temperature that a person set stays. */
export function withScore(before: Standing, scored: LeadScore): Standing {
  const { score } = scored
  const coolAt = earliest(before.temperatureUntil, scored.coolAt)
  if (before.temperatureBy === 'user') return { ...before, score, coolAt }
  if (scored.temperature !== null) {
    return { ...before, score, temperature: scored.temperature, temperatureBy: 'score', coolAt }
  }
  // Rules without thresholds undo what others gave, and nothing else.
  return before.temperatureBy === 'score'
    ? { ...before, score, temperature: null, temperatureBy: null, coolAt }
    : { ...before, score, coolAt }
}

/** A lead to which a person gives a temperature; null gives it back to the score, where there is one. */
export function withTemperature(
  before: Standing,
  temperature: Temperature | null,
  { holdDays, hasRules, at }: { holdDays: number | null; hasRules: boolean; at: Date }
): Standing {
  if (temperature === null) {
    const unset = { temperatureUntil: null, coolAt: null }
    return hasRules
      ? { ...before, temperatureBy: 'score', ...unset }
      : { ...before, temperature, temperatureBy: null, ...unset }
  }
  const until = afterDays(at, holdDays)
  return {
    ...before,
    temperature,
    temperatureBy: 'user',
    temperatureUntil: until,
    coolAt: until
  }
}

/**
 * A lead whose hold has ended: a temperature set by a person cools by one step, and holds as long
 * again. After the last step the score decides again.
 */
export function withTimePassed(
  before: Standing,
  { holdDays, at }: { holdDays: number | null; at: Date }
): Standing {
  const { temperature, temperatureBy, temperatureUntil } = before
  if (temperatureBy !== 'user' || temperature === null) return { ...before, coolAt: null }
  if (!temperatureUntil || temperatureUntil > at) return { ...before, coolAt: temperatureUntil }
  if (temperature === 'cold') {
    return { ...before, temperatureBy: null, temperatureUntil: null, coolAt: null }
  }
  const until = afterDays(at, holdDays)
  return { ...before, temperature: cooler(temperature), temperatureUntil: until, coolAt: until }
}

/** Whether what the API shows of a lead differs. */
export function differ(one: Standing, other: Standing): boolean {
  return (
    one.score !== other.score ||
    one.temperature !== other.temperature ||
    one.temperatureBy !== other.temperatureBy
  )
}

function earliest(one: Date | null, other: Date | null): Date | null {
  if (one && other) return one < other ? one : other
  return one ?? other
}

function afterDays(at: Date, days: number | null): Date | null {
  return days === null ? null : new Date(at.getTime() + days * DAY_MS)
}
