import fc from 'fast-check'
import t from 'tap'

import { documents } from '../../../adf/documents.ts'
import { isWellFormed, mutatedOf } from '../../../adf/mutated.ts'
import { sharedTestApp } from '../../../support/app.ts'

/** `MUTATIONS=20000` in the environment: so many. */
const RUNS = Number(process.env.MUTATIONS ?? 200)

t.setTimeout(3_600_000)

/** Beside the documents of the folder, short ones of people, in which each damage hits something. */
const PEOPLE = ['Łucja Żak', 'José Muñoz', 'Jürgen Groß', 'Ada O’Neil'].map(
  (name, index) => `<?xml version="1.0" encoding="UTF-8"?>
<adf><prospect><requestdate>2026-11-2${index} 14:05</requestdate>
<vehicle interest="buy" status="used"><year>202${index}</year><make>Kia</make><model>Ceed</model></vehicle>
<customer><contact><name part="full">${name}</name><email>person${index}@damaged.example</email>
<phone type="cellphone">66${index} 200 30${index}</phone></contact><comments>Zażółć &amp; gęślą</comments></customer>
</prospect></adf>`
)

void t.test(
  'a damaged document over HTTP is no failure of the service, and no lost lead',
  { timeout: 3_600_000 },
  async (t) => {
    const { createDealer } = await sharedTestApp()
    const { admin } = await createDealer()
    const counts = new Map<number, number>()
    const mutated = mutatedOf([...Object.values(documents), ...PEOPLE, ...PEOPLE])
    for (const bytes of fc.sample(mutated, { numRuns: RUNS, seed: 20_261_130 })) {
      const title = JSON.stringify(bytes.toString('latin1'))
      const response = await admin('POST', '/v1/leads', bytes, { 'content-type': 'text/xml' })
      const { status } = response
      counts.set(status, (counts.get(status) ?? 0) + 1)
      if (![200, 201, 202].includes(status)) {
        const isExpected = status === 422 && response.problem.detail.includes('is empty')
        if (!isExpected && bytes.length > 0) t.fail(`${status}: ${title}`)
        continue
      }
      for (const { id, warnings, outcome } of response.body.data) {
        const isTold = warnings.length > 0 || outcome === 'repeated'
        if (!isTold && !isWellFormed(bytes)) t.fail(`a repair was not told: ${title}`)
        const kept = await admin('GET', `/v1/leads/${id}`)
        if (kept.status !== 200) t.fail(`a lead was lost: ${title}`)
      }
    }
    t.ok((counts.get(201) ?? 0) > RUNS / 3, `most are read: ${JSON.stringify([...counts])}`)
    t.ok((counts.get(202) ?? 0) > 0, 'some are held')
  }
)
