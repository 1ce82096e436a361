import t from 'tap'

import { contact } from '../../support/builders.ts'
import { figuresAt, recallByError } from './measure.ts'
import { ownPopulation } from './own-population.ts'

const lead = (cluster: string, ops: string[] = []) => ({
  ...{ id: '', group: '', cluster, ops },
  contact: contact()
})

// Two leads of one person, one of another that is taken for them, and a third of the first that is missed.
const LEADS = [lead('a'), lead('a'), lead('b'), lead('a', ['typo'])]
const FOUND = [[], [{ earlier: 0, score: 0.95 }], [{ earlier: 0, score: 0.6 }], []]

void t.test('figures count pairs and the persons that leads join', async (t) => {
  t.strictSame(figuresAt(LEADS, FOUND, 0.5), {
    ...{ precision: 0.5, recall: 1 / 3, f1: 0.4 },
    ...{ falseMerges: 250, missedReturns: 500 }
  })
  t.hasStrict(figuresAt(LEADS, FOUND, 0.9), { precision: 1, falseMerges: 0, missedReturns: 500 })
})

void t.test('recall is told by kinds of error', async (t) => {
  t.strictSame(recallByError(LEADS, FOUND, 0.5), [{ kind: 'typo', pairs: 2, recall: 0 }])
})

void t.test('invented people are the same for the same seed', async (t) => {
  const [one, other] = [ownPopulation(50, 3), ownPopulation(50, 3)]
  t.strictSame(one, other)
  t.notSame(one, ownPopulation(50, 4))
  t.ok(new Set(one.map(({ cells }) => cells.country)).size === 3)
})
