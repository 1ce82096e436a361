import t from 'tap'

import { createTestApp } from '../../support/app.ts'
import { asClient } from '../../support/database.ts'
import { only } from '../../support/must.ts'
import { readDecisions } from './decided-pairs.ts'

void t.test('decisions are pairs of clients as they were when they were decided', async (t) => {
  const { createDealer, database } = await createTestApp(t)
  const { admin, slug, findDuplicates } = await createDealer()
  const people = [
    { fullName: 'Ada Lis', email: 'ada@example.com' },
    { fullName: 'Ada Lis', email: 'ada@example.com', phone: '601 234 567' }
  ]
  const decide = async (decision: 'merge' | 'different') => {
    for (const contact of people) {
      await admin('POST', '/v1/clients', { contact, allowDuplicate: true })
    }
    await findDuplicates()
    const { id } = only((await admin('GET', '/v1/duplicates')).body.data)
    if (decision === 'merge') await admin('POST', `/v1/duplicates/${id}/merge`, {})
    else await admin('PATCH', `/v1/duplicates/${id}`, { state: 'different' })
  }
  const decisions = async () =>
    (await asClient(database.ownerUrl, (client) => readDecisions(client, slug))).map(
      ({ isSame, contacts }) => [isSame, ...contacts.map(({ phones }) => phones.length)]
    )
  t.strictSame(await decisions(), [])
  await decide('different')
  t.strictSame(await decisions(), [[false, 0, 1]])
  for (const { id } of (await admin('GET', '/v1/clients')).body.data) {
    await admin('PATCH', `/v1/clients/${id}`, {
      contact: { fullName: 'Ewa Kos', email: `${id}@example.com`, phone: null }
    })
  }
  await decide('merge')
  t.strictSame((await decisions()).at(-1), [true, 0, 1], 'the survivor before the merge')
})
