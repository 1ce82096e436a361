import { printTable, say } from '../result.ts'
import { readLabelledRows, readRows } from './labelled-leads.ts'
import { figuresAt, findAll, recallByError } from './measure.ts'

/**
 * `npm run bench:matching -- [FILES.csv…]`: how well the matcher knows returning people, on lists of labelled
 * leads. Prints precision, recall, F1, false merges and missed returns by band, and recall by kind of error,
 * beside exact matching.
 */
const BANDS = { sure: 0.9, 'sure and possible': 0.5 }

/** Kinds of error with fewer pairs say little. */
const LEAST_PAIRS = 20

function report(path: string): void {
  const leads = readRows(readLabelledRows(path))
  const { fuzzy, exact, keys, candidates } = findAll(leads)
  say(
    `\n${path}: ${leads.length} leads, ${keys.toFixed(1)} keys and ${candidates.toFixed(1)} candidates each\n`
  )
  const rows = Object.entries(BANDS).flatMap(([band, threshold]) =>
    Object.entries({ fuzzy, exact }).map(([name, findings]) => {
      const figures = figuresAt(leads, findings, threshold)
      const shares = [figures.precision, figures.recall, figures.f1].map((share) =>
        share.toFixed(3)
      )
      return [
        name,
        band,
        ...shares,
        figures.falseMerges.toFixed(1),
        figures.missedReturns.toFixed(0)
      ]
    })
  )
  printTable(
    ['matcher', 'band', 'precision', 'recall', 'F1', 'false merges', 'missed returns'],
    rows
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

for (const path of process.argv.slice(2)) report(path)
