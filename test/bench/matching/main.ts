import { printTable, say } from '../result.ts'
import { readLabelledRows, readRows } from './labelled-leads.ts'
import type { LabelledRow } from './labelled-leads.ts'
import { figuresAt, findAll, recallByError } from './measure.ts'
import { ownPopulation } from './own-population.ts'

/**
 * `npm run bench:matching -- [FILES.csv…]`: how well the matcher knows returning people, on leads of
 * invented people and on lists of labelled leads. Prints precision, recall, F1, false merges and missed returns by band, and recall by kind of error,
 * beside exact matching.
 */
const BANDS = { sure: 0.9, 'sure and possible': 0.5 }

const OWN_PERSONS = 10_000
const SEED = 15

/** Kinds of error with fewer pairs say little. */
const LEAST_PAIRS = 20

function report(name: string, rows: readonly LabelledRow[]): void {
  const leads = readRows(rows)
  const { fuzzy, exact, keys, candidates } = findAll(leads)
  say(
    `\n${name}: ${leads.length} leads, ${keys.toFixed(1)} keys and ${candidates.toFixed(1)} candidates each\n`
  )
  const bands = Object.entries(BANDS).flatMap(([band, threshold]) =>
    Object.entries({ fuzzy, exact }).map(([matcher, findings]) => {
      const figures = figuresAt(leads, findings, threshold)
      const shares = [figures.precision, figures.recall, figures.f1].map((share) =>
        share.toFixed(3)
      )
      return [
        matcher,
        band,
        ...shares,
        figures.falseMerges.toFixed(1),
        figures.missedReturns.toFixed(0)
      ]
    })
  )
  printTable(
    ['matcher', 'band', 'precision', 'recall', 'F1', 'false merges', 'missed returns'],
    bands
  )
  say('')
  const exactly = new Map(
    recallByError(leads, exact, 0.5).map(({ kind, recall }) => [kind, recall])
  )
  printTable(
    ['error', 'pairs', 'recall', 'exact'],
    recallByError(leads, fuzzy, 0.5)
      .filter(({ pairs }) => pairs >= LEAST_PAIRS)
      .map(({ kind, pairs, recall }) => [
        kind,
        pairs,
        recall.toFixed(2),
        (exactly.get(kind) ?? 0).toFixed(2)
      ])
  )
}

report('invented people', ownPopulation(OWN_PERSONS, SEED))
for (const path of process.argv.slice(2)) report(path, readLabelledRows(path))
