import { scorePair } from '../../../src/domain/matching/exact-score.ts'
import { scoreGroup } from '../../../src/domain/matching/score-group.ts'
import { arrivals } from './candidates.ts'
import type { LabelledLead } from './labelled-leads.ts'

/** An earlier lead that an arriving one may be of the same person as. */
interface Found {
  earlier: number
  score: number
}

/** What was found for each lead, in the order of arrival. */
type Findings = readonly (readonly Found[])[]

/** How well a matcher did, at one threshold. */
export interface MatchingFigures {
  precision: number
  recall: number
  f1: number
  /** Leads that joined another person's, per 1,000 arrivals. */
  falseMerges: number
  /** Leads of a person known already that joined nobody or another person, per 1,000 that return. */
  missedReturns: number
}

/** Each lead against the earlier ones, by weighed fields and by equal e-mail or phone, over the same keys. */
export function findAll(leads: readonly LabelledLead[]): {
  fuzzy: Findings
  exact: Findings
  keys: number
  candidates: number
} {
  const { arrivals: arrived, keys } = arrivals(leads)
  const fuzzy = arrived.map(({ form, candidates }) => {
    const others = candidates.map((earlier) => arrived[earlier]?.form ?? form)
    const scores = scoreGroup(form, others)
    return candidates.map((earlier, at) => ({ earlier, score: scores[at]?.score ?? 0 }))
  })
  const exact = arrived.map(({ candidates }, place) =>
    candidates.flatMap((earlier) => {
      const [one, other] = [leads[place], leads[earlier]]
      if (one === undefined || other === undefined) return []
      return [{ earlier, score: scorePair(one.contact, other.contact).score }]
    })
  )
  const total = arrived.reduce((sum, { candidates }) => sum + candidates.length, 0)
  return { fuzzy, exact, keys, candidates: total / leads.length }
}

/** Pairs at or above the threshold, against all pairs of one person; and the persons that leads join by them. */
export function figuresAt(
  leads: readonly LabelledLead[],
  findings: Findings,
  threshold: number
): MatchingFigures {
  let [right, wrong, merged, missed, returned] = [0, 0, 0, 0, 0]
  const known = new Set<string>()
  /** The person of the lead that began the client each lead joined. */
  const owners: string[] = []
  for (const [place, { cluster }] of leads.entries()) {
    const found = (findings[place] ?? []).filter(({ score }) => score >= threshold)
    const same = found.filter(({ earlier }) => leads[earlier]?.cluster === cluster).length
    right += same
    wrong += found.length - same
    const best = found.toSorted((a, b) => b.score - a.score || b.earlier - a.earlier)[0]
    const owner = best === undefined ? cluster : (owners[best.earlier] ?? cluster)
    owners.push(owner)
    if (owner !== cluster) merged += 1
    if (known.has(cluster)) {
      returned += 1
      if (best === undefined || owner !== cluster) missed += 1
    }
    known.add(cluster)
  }
  const [precision, recall] = [right / (right + wrong || 1), right / pairsOf(leads)]
  return {
    precision,
    recall,
    f1: (2 * precision * recall) / (precision + recall || 1),
    falseMerges: (1000 * merged) / leads.length,
    missedReturns: (1000 * missed) / (returned || 1)
  }
}

/** How many pairs of leads are of one person. */
function pairsOf(leads: readonly LabelledLead[]): number {
  const sizes = new Map<string, number>()
  for (const { cluster } of leads) sizes.set(cluster, (sizes.get(cluster) ?? 0) + 1)
  return [...sizes.values()].reduce((sum, size) => sum + (size * (size - 1)) / 2, 0)
}

/** The share of pairs of one person that were found, by the kinds of error in either, the lowest first. */
export function recallByError(
  leads: readonly LabelledLead[],
  findings: Findings,
  threshold: number
): { kind: string; pairs: number; recall: number }[] {
  const counts = new Map<string, { pairs: number; found: number }>()
  const earlierOf = new Map<string, number[]>()
  for (const [place, { cluster, ops }] of leads.entries()) {
    const hits = new Set(
      (findings[place] ?? [])
        .filter(({ score }) => score >= threshold)
        .map(({ earlier }) => earlier)
    )
    const earlier = earlierOf.get(cluster) ?? []
    for (const other of earlier) {
      for (const kind of new Set([...ops, ...(leads[other]?.ops ?? [])])) {
        const count = counts.get(kind) ?? { pairs: 0, found: 0 }
        count.pairs += 1
        if (hits.has(other)) count.found += 1
        counts.set(kind, count)
      }
    }
    earlierOf.set(cluster, [...earlier, place])
  }
  return [...counts]
    .map(([kind, { pairs, found }]) => ({ kind, pairs, recall: found / pairs }))
    .toSorted((a, b) => a.recall - b.recall)
}
