import t from 'tap'

import { bringList } from '../../../imports/uploaded-list.ts'
import { createTestApp } from '../../../support/app.ts'

void t.test('A row with an e-mail or phone is never refused for another value', async (t) => {
  const app = await createTestApp(t)

  await t.test('what its fields can’t hold is unmapped, and told once for each row', async (t) => {
    const dealer = await app.createDealer()
    const file =
      'Name;E-mail;Year;Condition;Sent at;City;Odometer\n' +
      'Iga Mróz;iga@unread.example;XX2022;prawie nowy;pojutrze;Łódź;dużo\n' +
      'Leo Sowa;leo@unread.example;2021;used;2026-11-02;Radom;12 000 km\n' +
      ';;XX2020;;;;\n'
    const { done, leads, problems, csv } = await bringList(t, app, dealer, file)
    t.strictSame(done.counts, { created: 2, updated: 0, skipped: 0, bad: 1 })
    const [iga, leo] = leads
    t.strictSame(iga?.unmapped, [
      { path: 'Year', text: 'XX2022', code: 'unreadable_value' },
      { path: 'Condition', text: 'prawie nowy', code: 'unreadable_value' },
      { path: 'Sent at', text: 'pojutrze', code: 'unreadable_value' },
      { path: 'Odometer', text: 'dużo', code: 'unreadable_value' }
    ])
    t.equal(iga?.contact.address?.city, 'Łódź', 'the rest is read')
    t.strictSame(leo?.unmapped, [])
    t.strictSame(
      problems.map(({ row, severity, column, code }) => [row, severity, column, code]),
      [
        [1, 'warning', 'Year', 'not_year'],
        [1, 'warning', 'Condition', 'not_one_of'],
        [1, 'warning', 'Sent at', 'not_time'],
        [1, 'warning', 'Odometer', 'not_odometer'],
        [3, 'bad', null, 'unreachable'],
        [3, 'bad', 'Year', 'not_year']
      ]
    )
    t.equal(csv.length, 2, 'one line for each row')
    t.match(
      csv[0],
      /^1,2,warning,"Year \| Condition \| Sent at \| Odometer","not_year \| not_one_of/
    )
    t.match(csv[0], /XX2022/)
    t.match(csv[0], /,,,,,,,$/, 'without cells: it is a lead already')
    t.match(csv[1], /^3,4,bad,Year,"unreachable \| not_year",.*,,,XX2020,,,,$/)
    const path = `/v1/imports/${done.id}/problems`
    const bad = await dealer.admin('GET', `${path}?severity=bad`)
    t.strictSame(
      bad.body.data.map(({ row }: { row: number }) => row),
      [3, 3]
    )
    const accept = { accept: 'text/csv' }
    const warned = await dealer.admin('GET', `${path}?severity=warning`, undefined, accept)
    t.match(warned.text.trimEnd().split('\r\n').slice(1), [/^1,2,warning/])
  })

  await t.test('cells behind the last column, and very long ones, are kept', async (t) => {
    const dealer = await app.createDealer()
    const long = 'słowo '.repeat(5_000).trim()
    const file =
      'First name,Town,E-mail\n' +
      'Ada,Gdynia,ada@unread.example,"call, please",after 5\n' +
      'Ida,Gdynia, Witomino,ida@unread.example\n' +
      `Ola,${long},ola@unread.example\n` +
      'Una,Kraków,Podgórze,601 300 411\n'
    const { done, leads, problems } = await bringList(t, app, dealer, file)
    t.strictSame(done.counts, { created: 4, updated: 0, skipped: 0, bad: 0 })
    const [ada, ida, ola, una] = leads
    t.strictSame(ada?.unmapped, [
      { path: 'Column 4', text: 'call, please' },
      { path: 'Column 5', text: 'after 5' }
    ])
    t.equal(ida?.contact.email, 'ida@unread.example', 'moved by a comma without quotes')
    t.equal(una?.contact.phone, '+48601300411')
    t.ok(long.startsWith(ola?.contact.address?.city ?? '-'), 'as much as the field holds')
    t.equal(ola?.unmapped[0]?.code, 'shortened_text')
    const payload = await dealer.admin('GET', `/v1/leads/${ola?.id}/payload`)
    t.ok(payload.text.includes(long), 'the row is kept whole')
    const other = await dealer.admin('GET', `/v1/leads/${ada?.id}/payload`)
    t.match(other.text, /Column 5.*after 5/)
    t.strictSame(
      problems.map(({ row, severity, code }) => [row, severity, code]),
      [
        [1, 'warning', 'too_many_cells'],
        [2, 'warning', 'too_many_cells'],
        [3, 'warning', 'text_too_long'],
        [4, 'warning', 'too_many_cells']
      ]
    )
  })

  await t.test("values of the dealer's own fields too, unless the field is required", async (t) => {
    const dealer = await app.createDealer()
    const fields = [
      { key: 'seats', label: 'Seats', type: 'number' },
      { key: 'colour', label: 'Colour', type: 'option', options: ['red', 'blue'] },
      { key: 'branch', label: 'Branch', type: 'option', options: ['North'], required: true }
    ]
    for (const field of fields) {
      const made = await dealer.admin('POST', '/v1/custom-fields', { target: 'lead', ...field })
      t.equal(made.status, 201, made.text)
    }
    const file =
      'Phone,Seats,Colour,Branch\n601 300 421,five,BLUE,north\n601 300 422,5,teal,North\n' +
      '601 300 423,7,red,East\n'
    const { done, leads, problems } = await bringList(t, app, dealer, file)
    t.strictSame(done.counts, { created: 2, updated: 0, skipped: 0, bad: 1 })
    t.strictSame(
      leads.map(({ customFields, unmapped }) => [customFields, unmapped]),
      [
        [
          { colour: 'blue', branch: 'North' },
          [{ path: 'Seats', text: 'five', code: 'unreadable_value' }]
        ],
        [
          { seats: 5, branch: 'North' },
          [{ path: 'Colour', text: 'teal', code: 'unreadable_value' }]
        ]
      ]
    )
    t.strictSame(
      problems.map(({ row, severity, column, code }) => [row, severity, column, code]),
      [
        [1, 'warning', 'Seats', 'not_number'],
        [2, 'warning', 'Colour', 'not_option'],
        [3, 'bad', 'Branch', 'not_option']
      ]
    )
  })

  await t.test('an id that each row has names one lead only where it is one person', async (t) => {
    const dealer = await app.createDealer()
    const file =
      'Lead ID,Name,E-mail\nform,Ewa Kot,ewa@ids.example\nform,Jan Bąk,jan@ids.example\n' +
      'form,Ewa Kot,EWA@ids.example\n'
    const { done, leads, problems } = await bringList(t, app, dealer, file)
    t.equal(done.settings.mapping[0]?.field, 'externalId')
    t.strictSame(done.counts, { created: 2, updated: 0, skipped: 1, bad: 0 })
    t.strictSame(
      leads.map(({ externalId, contact }) => [externalId, contact.email]),
      [
        ['form', 'ewa@ids.example'],
        [null, 'jan@ids.example']
      ]
    )
    const decisions = await dealer.admin('GET', `/v1/leads/${leads[1]?.id}/decisions`)
    t.match(decisions.text, /external_id_reused/)
    t.strictSame(
      problems.map(({ row, severity, code }) => [row, severity, code]),
      [[2, 'warning', 'external_id_taken']]
    )
  })
})

void t.test('what was repaired in e-mails and phones is told with the row', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const file =
    'Name;E-mail;Phone;Country\n' +
    'Ola;mailto:ola@told.example;601 222 401;PL\n' +
    'Ewa;601 222 402;ewa@told.example;PL\n' +
    'Jan;jan@told.example;601 222 403 / 601 222 404;Atlantis\n' +
    'Ida;ida@told.example;601 222 405;PL\n'
  const { leads, problems } = await bringList(t, app, dealer, file)
  t.equal(leads.length, 4)
  const told = problems.map(({ row, column, code, severity }) => [row, column, code, severity])
  t.strictSame(told.toSorted(), [
    [1, 'E-mail', 'repaired_email', 'warning'],
    [2, 'E-mail', 'moved_to_phone', 'warning'],
    [2, 'Phone', 'moved_to_email', 'warning'],
    [3, 'Country', 'not_country', 'warning'],
    [3, 'Phone', 'split_values', 'warning']
  ])
})
