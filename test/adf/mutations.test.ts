import fc from 'fast-check'
import t from 'tap'

import { adf } from '../../src/inbound/adf.ts'
import { documents } from './documents.ts'
import { isWellFormed, mutatedOf } from './mutated.ts'

const DEALER = { country: 'PL', currency: 'PLN', locale: 'pl', timeZone: 'Europe/Warsaw' } as const

/** `MUTATIONS=20000` in the environment: so many. */
const RUNS = Number(process.env.MUTATIONS ?? 2000)

void t.test(
  'mutated documents are each read, or kept as unreadable, and told',
  { timeout: 600_000 },
  (t) => {
    let repaired = 0
    fc.assert(
      fc.property(mutatedOf(Object.values(documents)), (bytes) => {
        const parsed = adf.parse(adf.decode(bytes, undefined, DEALER), DEALER)
        if ('fault' in parsed) {
          const isExpected =
            parsed.fault === 'unreadable' && /DOCTYPE|too|more than|is empty/.test(parsed.detail)
          if (!isExpected) throw new Error('a document was refused')
          return
        }
        if (parsed.contents.length === 0) throw new Error('a document was lost')
        const codes = parsed.contents.flatMap(({ unmapped }) => unmapped.map(({ code }) => code))
        if (!isWellFormed(bytes) && !codes.some((code) => code !== undefined)) {
          throw new Error('a repair was not told')
        }
        if (codes.length > 0) repaired += 1
      }),
      { numRuns: RUNS, seed: 20_261_129 }
    )
    t.ok(repaired > RUNS / 10, 'many needed repairs')
    t.end()
  }
)
