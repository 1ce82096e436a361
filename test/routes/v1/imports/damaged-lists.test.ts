import t from 'tap'

import { ROWS, damaged } from '../../../imports/damaged-rows.ts'
import { runStaged } from '../../../imports/staged-import.ts'
import { createTestApp } from '../../../support/app.ts'

/** `MUTATIONS=20000` in the environment: so many rows. */
const FILES = Number(process.env.MUTATIONS ?? 300) / ROWS

t.setTimeout(3_600_000)

void t.test(
  'of damaged lists each row becomes a lead or a problem, and mends are told',
  { timeout: 3_600_000 },
  async (t) => {
    const app = await createTestApp(t)
    const dealer = await app.createDealer()
    const codes = new Set<string>()
    for (let file = 1; file <= FILES; file++) {
      const list = Buffer.from(damaged(file), 'latin1')
      const headers = { 'content-type': 'text/csv' }
      const uploaded = await dealer.admin(
        'POST',
        '/v1/imports?encoding=windows-1252',
        list,
        headers
      )
      t.equal(uploaded.status, 201, uploaded.text)
      t.equal(uploaded.body.rows, ROWS)
      await runStaged(t, app, dealer, uploaded.body.id)
      const { counts } = (await dealer.admin('GET', `/v1/imports/${uploaded.body.id}`)).body
      t.equal(counts.created + counts.updated + counts.skipped + counts.bad, ROWS)
      const problems = await dealer.admin(
        'GET',
        `/v1/imports/${uploaded.body.id}/problems?limit=200`
      )
      t.equal(problems.status, 200, problems.text)
      for (const { code } of problems.body.data) codes.add(code)
    }
    t.ok(codes.has('quote_read_as_text'))
  }
)
