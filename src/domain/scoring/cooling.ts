import type { Temperature } from '../leads/temperature.ts'
import type { ScoringRules } from './scoring-rules.ts'

const DAY_MS = 86_400_000

/**
 * When a score is to be computed again though nothing happens: as soon as its temperature changes by
 * fading alone, and at least once a half-life, so that a stored score is never far from what it would
 * be. Null where it stays: nothing fades, or what still does is too little to be seen.
 *
 * Everything fades at one pace, so that of `fading` points there are `fading * 2^(-t/h)` left after
 * a time t, which tells when a sum is reached without trying.
 */
export function nextLookAt({
  base,
  fading,
  score,
  rules,
  at
}: {
  /** Points that stay; whole ones. */
  base: number
  fading: number
  /** The two together, rounded. */
  score: number
  rules: Pick<ScoringRules, 'halfLifeDays' | 'thresholds'>
  at: Date
}): Date | null {
  const { halfLifeDays, thresholds } = rules
  if (halfLifeDays === null || (fading < 0.5 && fading >= -0.5)) return null
  const halfLifeMs = halfLifeDays * DAY_MS
  const threshold = nextThreshold(score, thresholds, fading)
  // Scores are rounded: one belongs to a threshold from half a point below it.
  const left = threshold === null ? 0 : threshold - 0.5 - base
  const crosses = left / fading > 0 && left / fading <= 1
  const crossingMs = crosses ? Math.ceil(halfLifeMs * Math.log2(fading / left)) + 1 : Infinity
  return new Date(at.getTime() + Math.min(halfLifeMs, crossingMs))
}

/** The threshold that a score passes next as its fading points go: down, or up where they are negative. */
function nextThreshold(
  score: number,
  thresholds: ScoringRules['thresholds'],
  fading: number
): number | null {
  if (!thresholds) return null
  const { hot, warm } = thresholds
  if (fading > 0) return [hot, warm].find((threshold) => score >= threshold) ?? null
  return [warm, hot].find((threshold) => score < threshold) ?? null
}

/** One step cooler; cold stays cold. */
export function cooler(temperature: Temperature): Temperature {
  return temperature === 'hot' ? 'warm' : 'cold'
}
