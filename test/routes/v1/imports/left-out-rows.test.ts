import t from 'tap'

import { work } from '../../../imports/staged-import.ts'
import { bringList } from '../../../imports/uploaded-list.ts'
import { createTestApp } from '../../../support/app.ts'

void t.test(
  'a row that sums up the list, or is a note of the report, is left out and told',
  async (t) => {
    const app = await createTestApp(t)
    const dealer = await app.createDealer()
    const file =
      'Klient;Telefon;E-mail;Cena;Sztuk\n' +
      'Iga Mróz;601 300 401;iga@sum.example;79 900,00;1\n' +
      'Leo Suma;601 300 402;;45 000,00;1\n' +
      'Razem:;;;124 900,00;2\n' +
      'Wygenerowano: 2026-11-30 przez A. Nowak;;;;\n'
    const counts = { created: 2, updated: 0, skipped: 2, bad: 0 }
    const uploaded = await dealer.admin('POST', '/v1/imports', file, { 'content-type': 'text/csv' })
    const path = `/v1/imports/${uploaded.body.id}` as const
    await dealer.admin('POST', `${path}/check`)
    await work(app, dealer, uploaded.body.id)
    t.strictSame((await dealer.admin('GET', path)).body.check, counts, 'a dry run says it')

    const { done, leads, problems } = await bringList(t, app, dealer, file)
    t.strictSame(done.counts, counts)
    t.equal(leads.length, 2)
    t.match(problems, [
      {
        row: 3,
        line: 4,
        severity: 'warning',
        column: 'Klient',
        code: 'totals_row',
        value: 'Razem:'
      },
      { row: 4, line: 5, severity: 'warning', column: 'Klient', code: 'report_note' }
    ])
    t.equal(problems.length, 2)
    const undone = await dealer.admin('POST', `/v1/operations/${done.operationId}/undo`)
    t.equal(undone.status, 200)
    await work(app, dealer, done.id)
    t.equal((await dealer.admin('GET', '/v1/leads')).body.data.length, 0)
  }
)

void t.test('its numbers say nothing about what the columns hold', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const file =
    'Nr.;Name;E-mail;Newsletter;Auto\n' +
    '1;Max Groß;max@sum.example;ja;Kia Ceed 2022\n' +
    '2;Eva Klein;eva@sum.example;nein;Skoda Octavia 2019\n' +
    ';Summe;2;7;2\n'
  const { done, leads } = await bringList(t, app, dealer, file)
  t.match(done.settings.mapping.slice(3), [
    { field: 'consents.newsletter' },
    { field: 'vehicle.model' }
  ])
  t.match(
    leads.map(({ consents }) => consents),
    [[{ granted: true }], [{ granted: false }]]
  )
})
