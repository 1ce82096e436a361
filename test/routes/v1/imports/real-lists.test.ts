import type { Static } from '@fastify/type-provider-typebox'
import t from 'tap'
import type { Test } from 'tap'

import type { ImportSchema } from '../../../../src/schemas/imports/import.ts'
import type { RowProblemSchema } from '../../../../src/schemas/imports/import-run.ts'
import type { LeadSchema } from '../../../../src/schemas/leads/lead.ts'
import { runStaged } from '../../../imports/staged-import.ts'
import { createTestApp } from '../../../support/app.ts'
import type { TestApp, TestDealer } from '../../../support/app.ts'

type Import = Static<typeof ImportSchema>
type Lead = Static<typeof LeadSchema>
type RowProblem = Static<typeof RowProblemSchema>

interface Brought {
  /** The import as the upload was answered. */
  uploaded: Import
  /** By their first names. */
  leads: Partial<Record<string, Lead>>
  problems: RowProblem[]
}

/** Uploads a list, sets what is to be set, and runs it. */
async function bring(
  t: Test,
  app: TestApp,
  dealer: TestDealer,
  file: string | Buffer,
  { query = '', settings = {} }: { query?: string; settings?: object } = {}
): Promise<Brought> {
  const headers = { 'content-type': 'text/csv' }
  const { status, text, body } = await dealer.admin('POST', `/v1/imports${query}`, file, headers)
  t.equal(status, 201, text)
  const uploaded: Import = body
  const path = `/v1/imports/${uploaded.id}` as const
  const patched = await dealer.admin('PATCH', path, { settings })
  t.equal(patched.status, 200, patched.text)
  await runStaged(t, app, dealer, uploaded.id)
  const leads: Lead[] = (await dealer.admin('GET', `/v1/leads?import=${uploaded.id}`)).body.data
  const problems: RowProblem[] = (await dealer.admin('GET', `${path}/problems`)).body.data
  return {
    uploaded,
    leads: Object.fromEntries(leads.map((lead) => [lead.contact.firstName, lead])),
    problems
  }
}

void t.test('Lists as programs write them', async (t) => {
  const app = await createTestApp(t)
  const pole = await app.createDealer()
  const american = await app.createDealer()
  const place = { country: 'US', timeZone: 'America/New_York' }
  t.equal((await american.admin('PATCH', '/v1/dealer', place)).status, 200)

  await t.test('a list without names of columns, with first and last names apart', async (t) => {
    const file =
      'Kos;Jan;601000911;31-146 Kraków;Kia Ceed\nLis;Anna;601000912;00-950 Warszawa;Opel Astra\n'
    const { uploaded, leads } = await bring(t, app, pole, file)
    t.strictSame(
      uploaded.warnings.map(({ code, facts }) => [code, facts]),
      [
        ['name_column_guessed', { column: 'Column 2' }],
        ['name_column_guessed', { column: 'Column 1' }]
      ]
    )
    t.match(leads.Jan, {
      contact: { lastName: 'Kos', address: { postalCode: '31-146', city: 'Kraków' } },
      vehicles: [{ make: 'Kia', model: 'Ceed' }]
    })
  })

  await t.test('a list without names of columns', async (t) => {
    const file = 'Jan Kos;jan.kos@bare.example;601000901\nEwa Lis;lis@bare.example;601000902\n'
    const { uploaded } = await bring(t, app, pole, file)
    t.match(uploaded.header, { line: null })
    t.match(uploaded.warnings, [
      { code: 'name_column_guessed', facts: { column: 'Column 1' }, sentence: /Column 1/ }
    ])
    const leads = await pole.admin('GET', `/v1/leads?import=${uploaded.id}`)
    t.strictSame(
      leads.body.data.map(({ contact }) => `${contact.fullName} ${contact.email}`).toSorted(),
      ['Ewa Lis lis@bare.example', 'Jan Kos jan.kos@bare.example']
    )
    const path = `/v1/imports/${uploaded.id}` as const
    const { body } = await pole.admin('GET', path)
    t.match(body.warnings, [{ code: 'name_column_guessed' }])
    const other = await pole.admin('POST', '/v1/imports', file, { 'content-type': 'text/csv' })
    const mapping = [
      { column: 'Column 1', field: 'message' },
      { column: 'Column 2', field: 'contact.email' }
    ]
    const settings = { settings: { mapping } }
    const set = await pole.admin('PATCH', `/v1/imports/${other.body.id}`, settings)
    t.strictSame(set.body.warnings, [], set.text)
  })

  await t.test('customers of a shop', async (t) => {
    const file =
      'Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,' +
      'Default Address Address1,Default Address City,Default Address Country Code,Default Address Zip\n' +
      "'7001,Ana,Ruiz,ana@shop.example,yes,Ruiz SL,Calle Mayor 1,Madrid,ES,'28001\n"
    const { leads } = await bring(t, app, pole, file)
    t.match(leads.Ana, {
      externalId: '7001',
      contact: {
        companyName: 'Ruiz SL',
        address: { street: ['Calle Mayor 1'], postalCode: '28001', country: 'ES' }
      },
      consents: [{ purpose: 'marketing', channel: 'email', granted: true }]
    })
  })

  await t.test('the values of a column say whether the day or the month is first', async (t) => {
    const file =
      'First name,Email,Created On\n' +
      'Ann,ann@dates.example,10/11/2026 3:45 PM\nBob,bob@dates.example,10/31/2026\n' +
      'Cal,cal@dates.example,"Oct 20, 2026, 3:45 p.m."\nDee,dee@dates.example,2026-10-20 3:45 PM\n'
    const { uploaded, leads, problems } = await bring(t, app, pole, file)
    t.strictSame(problems, [])
    t.strictSame(uploaded.columns[2]?.dates, { order: 'mdy', basis: 'values' })
    t.equal(leads.Ann?.submittedAt, '2026-10-11T13:45:00.000Z')
    t.equal(leads.Ann?.receivedAt, '2026-10-11T13:45:00.000Z')
    t.equal(leads.Bob?.submittedAt, '2026-10-30T23:00:00.000Z')
    t.equal(leads.Cal?.submittedAt, '2026-10-20T13:45:00.000Z')
    t.equal(leads.Dee?.submittedAt, '2026-10-20T13:45:00.000Z')
  })

  await t.test('where no value says it, the country of the dealer or a setting does', async (t) => {
    const file = (domain: string) => `First name,Email,Created On\nAnn,ann@${domain},3/4/2026\n`
    const here = await bring(t, app, pole, file('a.example'))
    t.strictSame(here.uploaded.columns[2]?.dates, { order: 'dmy', basis: 'dealer' })
    t.equal(here.leads.Ann?.submittedAt, '2026-04-02T22:00:00.000Z')
    const there = await bring(t, app, american, file('b.example'))
    t.strictSame(there.uploaded.columns[2]?.dates, { order: 'mdy', basis: 'dealer' })
    t.equal(there.leads.Ann?.submittedAt, '2026-03-04T05:00:00.000Z')
    const settings = { dateOrder: 'mdy' }
    const set = await bring(t, app, pole, file('c.example'), { settings })
    t.equal(set.leads.Ann?.submittedAt, '2026-03-03T23:00:00.000Z')
    const { body } = await pole.admin('GET', `/v1/imports/${set.uploaded.id}`)
    t.strictSame(body.columns[2]?.dates, { order: 'mdy', basis: 'setting' })
  })

  await t.test(
    'where values contradict each other, only the doubtful value is left out',
    async (t) => {
      const file =
        'First name,Email,Date\nAnn,ann@d.example,20/11/2025\nBob,bob@d.example,11/20/2025\n' +
        'Cal,cal@d.example,3/4/2025\n'
      const { uploaded, leads, problems } = await bring(t, app, pole, file)
      t.strictSame(uploaded.columns[2]?.dates, { order: null, basis: 'contradictory' })
      t.equal(leads.Ann?.submittedAt, leads.Bob?.submittedAt)
      t.strictSame(
        problems.map(({ row, column, code }) => [row, column, code]),
        [[3, 'Date', 'day_order_unclear']]
      )
    }
  )

  await t.test('a title above the names of the columns is skipped and told', async (t) => {
    const file =
      'Leads of November,,\nPrinted 21.11.2026 by Sam,,\n,,\n' +
      'First Name,Email,Phone\nAnn,ann@title.example,601 234 101\n'
    const { uploaded, leads, problems } = await bring(t, app, pole, file)
    t.strictSame(uploaded.header, {
      line: 4,
      basis: 'guess',
      skipped: [
        { line: 1, text: 'Leads of November' },
        { line: 2, text: 'Printed 21.11.2026 by Sam' }
      ]
    })
    t.equal(leads.Ann?.contact.phone, '+48601234101')
    t.strictSame(problems, [])
    const named = await bring(t, app, pole, file.replace('ann@', 'eve@'), {
      query: '?headerRow=4'
    })
    t.strictSame(named.uploaded.header?.basis, 'setting')
    const headers = { 'content-type': 'text/csv' }
    const missing = await pole.admin('POST', '/v1/imports?headerRow=99', file, headers)
    t.equal(missing.status, 422, missing.text)
  })

  await t.test('a byte that is no character costs its row, and its column is named', async (t) => {
    const [before = '', after = ''] =
      'First name;City;Email\nŻaneta;Łódź;zaneta@byte.example\nJan;Nowy | Targ;jan@byte.example\n'.split(
        '|'
      )
    const file = Buffer.concat([Buffer.from(before), Buffer.from([0x96]), Buffer.from(after)])
    const { uploaded, leads, problems } = await bring(t, app, pole, file)
    t.equal(uploaded.encoding, 'utf-8')
    t.equal(leads['Żaneta']?.contact.address?.city, 'Łódź')
    t.strictSame(
      problems.map(({ line, column, code }) => [line, column, code]),
      [[3, 'City', 'characters_unreadable']]
    )
  })

  await t.test('the list of a lead form: its ids, time, campaign and own questions', async (t) => {
    const file =
      'id\tcreated_time\tcampaign_name\tplatform\twhich_model?\tfirst_name\tphone_number\tpost_code\temail\n' +
      'l:1098877665502077\t2026-10-20T18:22:05-05:00\tRio October\tig\tthe blue one\tDana\tp:+15852976244\tz:14604\tdana@form.example\n' +
      'l:1098877665502078\t2026-10-20T18:25:05-05:00\tRio October\tfb\t\tOmar\tp:+15852976245\t\t\n'
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(file, 'utf16le')])
    const { uploaded, leads } = await bring(t, app, american, utf16)
    t.strictSame([uploaded.encoding, uploaded.separator], ['utf-16le', 'tab'])
    t.strictSame(uploaded.unmappedColumns, ['which_model?'])
    t.equal(leads.Dana?.externalId, '1098877665502077')
    t.equal(leads.Dana?.receivedAt, '2026-10-20T23:22:05.000Z')
    t.equal(leads.Dana?.contact.address?.postalCode, '14604')
    t.match(leads.Dana?.attribution, { utmCampaign: 'Rio October', utmSource: 'ig' })
    t.match(leads.Dana?.unmapped, [
      { path: 'phone_number', text: 'p:+15852976244', code: 'repaired_phone' },
      { path: 'which_model?', text: 'the blue one' }
    ])
    const payload = await american.admin('GET', `/v1/leads/${leads.Dana?.id}/payload`)
    t.match(payload.text, 'the blue one')
  })

  await t.test('the main e-mail and phone are those of the mapping; others are kept', async (t) => {
    const file =
      'Home Phone,Other Email,Mobile Phone,Email,First name\n' +
      '585-297-6391,old@main.example,585-297-6392,main@main.example,Ord\n' +
      '585-297-6393,only@main.example,,,Eva\n'
    const { leads } = await bring(t, app, american, file)
    t.match(leads.Ord?.contact, {
      email: 'main@main.example',
      otherEmails: ['old@main.example'],
      phone: '+15852976392',
      otherPhones: [{ number: '+15852976391' }]
    })
    t.match(leads.Eva?.contact, { email: 'only@main.example', phone: '+15852976393' })
  })

  await t.test('an address at work is the address where there is no other', async (t) => {
    const file =
      'First Name,Business Street,Business Street 2,Business City,Home Street,Home City,E-mail Address\n' +
      'Ann,1 Main St,Floor 2,Rochester,,,ann@work.example\n' +
      'Bob,1 Main St,,Rochester,2 Oak Ave,Buffalo,bob@work.example\n'
    const { leads } = await bring(t, app, american, file)
    const address = { street: ['1 Main St', 'Floor 2'], city: 'Rochester' }
    t.match(leads.Ann?.contact.address, address)
    t.match(leads.Bob?.contact.address, { street: ['2 Oak Ave'], city: 'Buffalo' })
    t.match(leads.Bob?.unmapped, [
      { path: 'Business Street', text: '1 Main St' },
      { path: 'Business City', text: 'Rochester' }
    ])
  })

  await t.test(
    'a doubtful encoding is answered with choices and confirmed before a run',
    async (t) => {
      const file = Buffer.from(
        'Name,Email\nSchr|der,s@doubt.example\n'.replace('|', '\x94'),
        'latin1'
      )
      const headers = { 'content-type': 'text/csv' }
      const { body } = await american.admin('POST', '/v1/imports', file, headers)
      const uploaded: Import = body
      t.equal(uploaded.encodingGuess?.certainty, 'doubtful')
      const path = `/v1/imports/${uploaded.id}`
      const refused = await american.admin('POST', `${path}/start`)
      t.equal(refused.status, 422)
      t.match(refused.body.errors, [{ pointer: '/settings/encoding' }])
      const settings = { encoding: 'cp437x' }
      t.equal((await american.admin('PATCH', path, { settings })).status, 422)
      const confirmed = { settings: { encoding: uploaded.encoding } }
      t.equal((await american.admin('PATCH', path, confirmed)).status, 200)
      t.equal((await american.admin('POST', `${path}/start`)).status, 202)
      const named = await bring(t, app, american, file, { query: '?encoding=IBM850' })
      t.equal(named.uploaded.encoding, 'cp850')
      t.equal(Object.values(named.leads)[0]?.contact.fullName, 'Schröder')
    }
  )
})
