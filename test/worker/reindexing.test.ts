import t from 'tap'

import { createTestApp } from '../support/app.ts'
import { asClient } from '../support/database.ts'
import { copyLead, postLead } from '../support/leads.ts'
import { startTestWorker, until } from '../support/worker.ts'
import { nextPage } from '../support/response.ts'

/** More than two batches. */
const LEADS = 450

void t.test('a field that becomes searchable: the worker finds the leads of before', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const { admin, id: dealerId } = await createDealer()
  const lead = await postLead(admin, { customFields: { colour: 'Zielony' } })
  const copies = { dealerId, leadId: lead.id, count: LEADS - 1 }
  await asClient(database.ownerUrl, (client) => copyLead(client, copies))
  const field = { target: 'lead', key: 'colour', label: 'Colour', type: 'text' }
  const url = String(
    (await admin('POST', '/v1/custom-fields', { ...field, searchable: true })).headers.location
  )
  await startTestWorker(t, database)
  const countFound = async () => {
    let [count, next]: [number, string | null] = [0, '/v1/leads?q=zielony&limit=200']
    while (next !== null) {
      const { body, headers } = await admin('GET', next)
      count += (body.data as unknown[]).length
      next = nextPage({ headers })
    }
    return count
  }
  await until(countFound, (count) => count === LEADS, { seconds: 60 })
  await admin('DELETE', url)
  await until(countFound, (count) => count === 0, { seconds: 60 })
  t.equal((await admin('GET', '/v1/leads?q=person')).body.data.length, 1, 'names are as they were')
})
