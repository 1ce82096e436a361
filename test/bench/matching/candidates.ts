import { contactKeys } from '../../../src/domain/leads/contact.ts'
import { blockingKeys } from '../../../src/domain/matching/blocking-keys.ts'
import { MAX_CANDIDATES, MAX_RECORDS_PER_KEY } from '../../../src/domain/matching/matches.ts'
import { personForm } from '../../../src/domain/matching/person-form.ts'
import type { PersonForm } from '../../../src/domain/matching/person-form.ts'
import type { LabelledLead } from './labelled-leads.ts'

export interface Arrival {
  form: PersonForm
  /** Places of earlier leads that share a key which is not crowded, those with more keys in common first. */
  candidates: number[]
}

/** The leads in the order of arrival, each with what a look-up would bring. */
export function arrivals(leads: readonly LabelledLead[]): { arrivals: Arrival[]; keys: number } {
  const index = new Map<string, number[]>()
  let keys = 0
  const found = leads.map(({ contact }, place) => {
    const form = personForm(contact)
    const own = [...contactKeys(contact), ...blockingKeys(form)]
    keys += own.length
    const shared = new Map<number, number>()
    for (const key of own) {
      const hits = index.get(key) ?? []
      if (hits.length <= MAX_RECORDS_PER_KEY) {
        for (const hit of hits) shared.set(hit, (shared.get(hit) ?? 0) + 1)
      }
      hits.push(place)
      index.set(key, hits)
    }
    const candidates = [...shared]
      .toSorted((a, b) => b[1] - a[1] || b[0] - a[0])
      .slice(0, MAX_CANDIDATES)
      .map(([hit]) => hit)
    return { form, candidates }
  })
  return { arrivals: found, keys: keys / leads.length }
}
