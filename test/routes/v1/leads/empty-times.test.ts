import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { must } from '../../../support/must.ts'
import { PATHS, sendByPaths } from '../../../support/four-paths.ts'

const EMPTY = [
  '0001-01-01T00:00:00',
  '0001-01-01T00:00:00Z',
  '01/01/0001 00:00:00',
  '0000-00-00 00:00:00',
  '1899-12-30 00:00:00',
  '1900-01-01T00:00:00+01:00',
  '1904-01-01',
  '9999-12-31T23:59:59Z'
]

void t.test('a time that stands for none is absent and told, and the lead stays', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const given = EMPTY.map((sentAt, at) => ({
    name: `Ida Czas${at}`,
    phone: `+4866240010${at}`,
    sentAt
  }))
  const stored = await sendByPaths(t, app, dealer, given)
  for (const [at, sentAt] of EMPTY.entries()) {
    for (const path of PATHS) {
      const { lead, told } = must(stored[at])[path]
      t.equal(lead.submittedAt, null, `${sentAt}, ${path}`)
      t.ok(told.includes('unreadable_value'), `${sentAt}, ${path}, told`)
    }
  }
})
