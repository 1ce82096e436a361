import { writeFileSync } from 'node:fs'

import { FEATURES, pairClasses } from '../../../src/domain/matching/pair-features.ts'
import { pairLevels } from '../../../src/domain/matching/pair-levels.ts'
import { personForm } from '../../../src/domain/matching/person-form.ts'
import type { PersonForm } from '../../../src/domain/matching/person-form.ts'
import { arrivals } from './candidates.ts'
import { readDecidedPairs } from './decided-pairs.ts'
import { fitWeights, seeded } from './fit-weights.ts'
import type { Example } from './fit-weights.ts'
import { readLabelledRows, readRows } from './labelled-leads.ts'
import type { LabelledRow } from './labelled-leads.ts'
import { withErrors } from './lead-errors.ts'

/**
 * `npm run matching:train -- FILE.csv [DEALER_COUNTRY] [DECISIONS.jsonl]`: fits the weights of the matcher to labelled
 * leads, and to what users decided (`matching:decisions`), and writes them. Columns: cluster (the person), first_name, last_name, email, phone, postal_code, city, company
 * and country; rows in the order of arrival. It also trains on copies of the list with errors added.
 */
const [path, country = 'PL', decisionsPath] = process.argv.slice(2)
if (path === undefined) throw new Error('Name a CSV file of labelled leads.')

const COPIES = 12
/** Copies have more errors than a list usually has. */
const ERROR_RATE = 1.5
/** Fields that speak alone are trusted more than combinations, of which there are many. */
const STRENGTH_ALONE = 0.002
const STRENGTH_TOGETHER = 0.02
/** A combination that is seen less often says nothing of its own. */
const LEAST_SEEN = 40
/** A weight that says less than this many bits is left out. */
const LEAST_BITS = 0.1

const places = new Map<string, number>()
const strengths: number[] = []

function placeOf(name: string, value: string, fields: number): number {
  const key = `${name}: ${value}`
  const known = places.get(key)
  if (known !== undefined) return known
  const place = places.size
  places.set(key, place)
  strengths.push(fields === 1 ? STRENGTH_ALONE : STRENGTH_TOGETHER)
  return place
}

function examplesOf(rows: readonly LabelledRow[]): Example[] {
  const leads = readRows(rows, country)
  const found = arrivals(leads).arrivals
  return found.flatMap(({ form, candidates }, place) =>
    candidates.map((candidate) => {
      const isSame = leads[candidate]?.cluster === leads[place]?.cluster
      return exampleOf([form, found[candidate]?.form ?? form], isSame)
    })
  )
}

function exampleOf([one, other]: readonly [PersonForm, PersonForm], isSame: boolean): Example {
  const levels = pairLevels(one, other)
  const classes = pairClasses(levels)
  const features = FEATURES.flatMap(({ name, fields, of }) => {
    const value = of(levels, classes)
    return value === '' ? [] : [placeOf(name, value, fields.length)]
  })
  return { features, isSame }
}

/** A decision counts as often as a row of the list with its copies. */
function decidedExamples(file: string): Example[] {
  return readDecidedPairs(file).flatMap(({ isSame, contacts: [one, other] }) => {
    const example = exampleOf([personForm(one), personForm(other)], isSame)
    return Array.from({ length: COPIES + 1 }, () => example)
  })
}

function withoutRare(all: readonly Example[]): Example[] {
  const seen = new Map<number, number>()
  for (const { features } of all) {
    for (const feature of features) seen.set(feature, (seen.get(feature) ?? 0) + 1)
  }
  const isKept = (feature: number) =>
    strengths[feature] === STRENGTH_ALONE || (seen.get(feature) ?? 0) >= LEAST_SEEN
  return all.map(({ features, isSame }) => ({ features: features.filter(isKept), isSame }))
}

const rows = readLabelledRows(path)
const copies = Array.from({ length: COPIES }, (_, copy) => {
  const draw = seeded(copy + 1)
  return rows.map((row) => ({ ...row, cells: withErrors(row.cells, draw, ERROR_RATE).cells }))
})
const decided = decisionsPath === undefined ? [] : decidedExamples(decisionsPath)
const examples = withoutRare([...[rows, ...copies].flatMap(examplesOf), ...decided])
const fitted = fitWeights(examples, { strengths, epochs: 30, rate: 0.3 })
const bits = fitted.map((weight) => Math.round((weight / Math.LN2) * 100) / 100)

const lines = FEATURES.map(({ name }) => {
  const start = `${name}: `
  const weights = [...places]
    .filter(([key, place]) => key.startsWith(start) && Math.abs(bits[place] ?? 0) >= LEAST_BITS)
    .map(([key, place]) => `${key.slice(start.length)} ${bits[place] ?? 0}`)
  return start + weights.toSorted().join(', ')
})
writeFileSync(
  new URL('../../../src/domain/matching/weights.ts', import.meta.url),
  `/**
 * Written by \`npm run matching:train\`, in bits: a line for each feature, with the weight of each of its values.
 * A new version of the weights gives other scores to the same people.
 */
export const WEIGHTS_VERSION = '${new Date().toISOString().slice(0, 10)}'

/** The odds of two people who share a key, before their fields are compared. */
export const INTERCEPT = ${bits.at(-1) ?? 0}

export const WEIGHTS = \`
${lines.join('\n')}\`
`
)
process.stdout.write(`${examples.length} pairs, ${places.size} weights\n`)
