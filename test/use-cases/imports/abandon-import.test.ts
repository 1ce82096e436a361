import t from 'tap'

import { createTestApp } from '../../support/app.ts'
import { asClient } from '../../support/database.ts'
import { stageImport, work } from '../../imports/staged-import.ts'

void t.test('a run that no time mends fails, says so, and is taken back', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const rows = Array.from({ length: 700 }, (_, at) => [`c${at}@example.pl`])
  const id = await stageImport(app, dealer, { target: 'clients', columns: ['contact.email'], rows })
  const path = `/v1/imports/${id}` as const
  await asClient(app.database.ownerUrl, (client) =>
    client.query('alter table import_results add constraint broken check (number <= 600)')
  )

  const { operationId } = (await dealer.admin('POST', `${path}/start`)).body
  await t.rejects(work(app, dealer, id), 'the failure is told')
  const failed = (await dealer.admin('GET', path)).body
  t.match(failed, { state: 'failed', processed: 500, counts: { created: 500 } })
  t.match(failed.fault, { code: 'import_run_failed', facts: { row: 500 } })
  t.equal(await work(app, dealer, id), 0, 'nobody goes on with it')
  t.equal((await dealer.admin('DELETE', path)).status, 409, 'what it made must be taken back')

  const undone = await dealer.admin('POST', `/v1/operations/${operationId}/undo`)
  t.equal(undone.status, 200, undone.text)
  await work(app, dealer, id)
  t.match((await dealer.admin('GET', path)).body, { state: 'undone', fault: null })
  t.equal((await dealer.admin('GET', '/v1/clients')).body.data.length, 0)
})

void t.test('a row that the database refuses is a bad row, and the others are made', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  await asClient(app.database.ownerUrl, (client) =>
    client.query(`alter table leads add constraint broken check (display_name <> 'Ola Zero')`)
  )
  await asClient(app.database.ownerUrl, (client) =>
    client.query(`alter table clients add constraint broken check (display_name <> 'Ola Zero')`)
  )
  for (const target of ['leads', 'clients'] as const) {
    const rows = Array.from({ length: 11 }, (_, at) => [
      at === 6 ? 'Ola Zero' : `Ola Mak${at}`,
      `${target}${at}@refused.example`
    ])
    const columns = ['contact.fullName', 'contact.email']
    const id = await stageImport(app, dealer, { target, columns, rows })
    const path = `/v1/imports/${id}` as const
    t.equal((await dealer.admin('POST', `${path}/start`)).status, 202)
    await work(app, dealer, id)
    const done = (await dealer.admin('GET', path)).body
    t.match(done, { state: 'done', counts: { created: 10, bad: 1 } })
    const problems = (await dealer.admin('GET', `${path}/problems`)).body.data
    t.match(problems, [{ row: 7, severity: 'bad', code: 'row_not_stored' }])
    t.equal(problems.length, 1)
  }
})
