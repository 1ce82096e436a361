import { scoreForms } from './score-forms.ts'
import type { FormScore } from './score-forms.ts'
import type { PersonForm } from './person-form.ts'

/** A pair that is as sure as this leads on to a third. */
const SURE = 0.9
/** How many of the surest lead on. */
const MAX_LINKS = 5
/** A pair whose fields speak so clearly against it stays what it is. */
const LEAST = 0.002

/**
 * The scores of a person against each of several records. A record that is surely the same person as another
 * that surely is the one looked for is raised: a changed phone in one lead and a changed e-mail in the next do not lose
 * the first. What a pair can reach at most holds for raised ones too.
 */
export function scoreGroup(person: PersonForm, records: readonly PersonForm[]): FormScore[] {
  const direct = records.map((record) => ({ record, found: scoreForms(person, record) }))
  const links = direct
    .filter(({ found }) => found.score >= SURE)
    .toSorted((a, b) => b.found.score - a.found.score)
    .slice(0, MAX_LINKS)
  return direct.map((pair) => (links.length === 0 ? pair.found : raised(pair, links)))
}

interface Scored {
  record: PersonForm
  found: FormScore
}

function raised({ record, found }: Scored, links: readonly Scored[]): FormScore {
  if (found.score < LEAST || found.score >= SURE) return found
  let best = found.score
  for (const link of links) {
    const { score } = scoreForms(link.record, record)
    if (score >= SURE) best = Math.max(best, score * link.found.score)
  }
  return best > found.score ? { ...found, score: Math.min(best, found.most) } : found
}
