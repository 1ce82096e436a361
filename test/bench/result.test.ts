import t from 'tap'

import { medians, ratiosOf, resultLine } from './result.ts'

const FIGURES = { rate: 200, p50: 10, p99: 30, processMs: 2, postgresMs: 1, memoryMb: 120 }
const BASELINE = { rate: 400, p50: 5, p99: 10, processMs: 0.5, postgresMs: 0.25, memoryMb: 90 }

void t.test('a result is one line of JSON with ours, the baseline and their ratios', async (t) => {
  const ratios = ratiosOf(FIGURES, BASELINE)
  const line = resultLine({ part: 'page', ours: FIGURES, baseline: BASELINE, ratios })
  t.notMatch(line, /\n/)
  t.strictSame(JSON.parse(line), {
    part: 'page',
    ours: FIGURES,
    baseline: BASELINE,
    ratios: { cpu: 4, rate: 0.5, p99: 3 }
  })
})

void t.test('figures are rounded to a thousandth', async (t) => {
  const line = resultLine({ part: 'one', ours: { p50: 2 / 3 }, baseline: {}, ratios: {} })
  t.match(line, '"p50":0.667}')
})

void t.test('each figure’s median is its own', async (t) => {
  const rounds = [FIGURES, { ...FIGURES, rate: 100, p99: 90 }, { ...FIGURES, rate: 150, p99: 60 }]
  t.strictSame(medians(rounds), { ...FIGURES, rate: 150, p99: 60 })
})
