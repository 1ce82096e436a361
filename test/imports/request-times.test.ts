import t from 'tap'

import { createTestApp } from '../support/app.ts'
import { postAdf } from '../support/leads.ts'
import { only } from '../support/must.ts'
import { readList } from './read-list.ts'

type Country = Parameters<typeof readList>[1]

/** When the leads of a list were sent, and what of them has no member. */
async function sentAt(file: string, country: Country) {
  const { rows } = await readList(file, country)
  return rows.map(({ content: { submittedAt, unmapped } }) => [submittedAt, unmapped])
}

void t.test('a time of day in a column of its own joins its day', async (t) => {
  const row = 'Ann;ann@t.example'
  const cases: [file: string, country: Country, sent: string][] = [
    [`Date;Time;Name;Email\n11/20/2026;3:45 PM;${row}`, 'US', '2026-11-20T20:45:00.000Z'],
    [`Time;Date;Name;Email\n15:45;2026-11-20;${row}`, 'PL', '2026-11-20T14:45:00.000Z'],
    [
      `Lead Date;Lead Time;Name;Email\n20/11/2026;15:45:10;${row}`,
      'DE',
      '2026-11-20T14:45:10.000Z'
    ],
    [`Data;Godzina;Name;Email\n20.11.2026;15.45;${row}`, 'PL', '2026-11-20T14:45:00.000Z'],
    [`Fecha;Hora;Name;Email\n20/11/2026;15h45;${row}`, 'ES', '2026-11-20T14:45:00.000Z'],
    [`Datum;Uhrzeit;Name;Email\n20.11.2026;15:45 Uhr;${row}`, 'DE', '2026-11-20T14:45:00.000Z'],
    [
      `Submission Time;Submission Date;Name;Email\n15:45;20.11.2026;${row}`,
      'PL',
      '2026-11-20T14:45:00.000Z'
    ],
    [
      `Date;Time;Name;Email\n2026-11-20T00:00:00;1899-12-30T15:45:00;${row}`,
      'PL',
      '2026-11-20T14:45:00.000Z'
    ],
    [`Date;Time;Name;Email\n2026-11-20;0.65625;${row}`, 'PL', '2026-11-20T14:45:00.000Z']
  ]
  for (const [file, country, sent] of cases) {
    t.strictSame(await sentAt(file, country), [[sent, []]], file)
  }
})

void t.test('a time that joins no day is kept, and no other time joins one', async (t) => {
  const file =
    'Date;Time;Name;Email\n2026-11-20 10:00;15:45;Ann;ann@t.example\n;15:50;Bo;bo@t.example\n' +
    '2026-11-20;soon;Cy;cy@t.example'
  t.strictSame(await sentAt(`${file}\n2026-11-20;-;Di;di@t.example`, 'PL'), [
    ['2026-11-20T09:00:00.000Z', [{ path: 'Time', text: '15:45' }]],
    [null, [{ path: 'Time', text: '15:50' }]],
    ['2026-11-19T23:00:00.000Z', [{ path: 'Time', text: 'soon' }]],
    ['2026-11-19T23:00:00.000Z', [{ path: 'Time', text: '-' }]]
  ])
  const best = 'Date;Best time;Name;Email\n2026-11-20;15:45;Ann;ann@t.example'
  t.match(await sentAt(best, 'PL'), [['2026-11-19T23:00:00.000Z']])
})

void t.test('an ADF document with its date and time in two elements', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  await admin('PATCH', '/v1/dealer', { timeZone: 'Europe/Warsaw', country: 'PL' })
  const document =
    '<adf><prospect><requestdate>2026-11-20</requestdate><requesttime>15:45</requesttime><customer><contact>' +
    '<name part="full">Ann</name><email>ann@t.example</email></contact></customer></prospect></adf>'
  const { body } = await postAdf(admin, document, '?source=portal')
  t.match(only(body.data), { submittedAt: '2026-11-20T14:45:00.000Z' })
})
