import t from 'tap'

import { runStaged, work } from '../../../imports/staged-import.ts'
import { bringList } from '../../../imports/uploaded-list.ts'
import { createTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'

type Said = Record<string, boolean>

interface Shown {
  purpose: string
  channel: string | null
  granted: boolean
}

const said = (consents: readonly Shown[]): Said =>
  Object.fromEntries(
    consents.map(({ purpose, channel, granted }) => [
      channel === null ? purpose : `${purpose}.${channel}`,
      granted
    ])
  )

void t.test('Columns that name consents are consents', async (t) => {
  const app = await createTestApp(t)

  await t.test('of leads, by what each says', async (t) => {
    const dealer = await app.createDealer()
    const file =
      'Name;E-mail;Marketing consent;Newsletter;Email opt out;Zgoda marketing SMS;Consent given on\n' +
      'Iga Mróz;iga@c.example;yes;nie;;TAK;2026-10-01\n' +
      'Leo Sowa;leo@c.example;;1;No;0;\n' +
      'Una Kos;una@c.example;Yes;;TRUE;;\n'
    const { done, leads, problems } = await bringList(t, app, dealer, file)
    t.strictSame(done.counts, { created: 3, updated: 0, skipped: 0, bad: 0 })
    t.match(done.settings.mapping, [
      {},
      {},
      { field: 'consents.marketing' },
      { field: 'consents.newsletter' },
      { field: 'consents.marketing.email' },
      { field: 'consents.marketing.sms' },
      { field: null }
    ])
    t.strictSame(
      leads.map(({ consents }) => said(consents)),
      [
        { marketing: true, newsletter: false, 'marketing.sms': true },
        { newsletter: true, 'marketing.sms': false },
        { marketing: true, 'marketing.email': false }
      ]
    )
    t.match(
      leads[1]?.unmapped,
      [{ path: 'Email opt out', text: 'No' }],
      'who did not refuse has agreed to nothing'
    )
    t.strictSame(problems, [])
  })

  await t.test(
    'of a yes and a refusal in one row the refusal holds, and the yes is told',
    async (t) => {
      const dealer = await app.createDealer()
      const file =
        'Name;E-mail;Zgoda marketingowa;Marketing opt out;Email opt-in;Newsletter\n' +
        'Iga Mróz;iga@both.example;tak;yes;tak;tak\n' +
        'Leo Sowa;leo@both.example;tak;;nie;tak\n'
      const mapping = [
        { column: 'Name', field: 'contact.fullName' },
        { column: 'E-mail', field: 'contact.email' },
        { column: 'Zgoda marketingowa', field: 'consents.marketing' },
        { column: 'Marketing opt out', field: 'consents.marketing' },
        { column: 'Email opt-in', field: 'consents.marketing.email' },
        { column: 'Newsletter', field: 'consents.newsletter' }
      ]
      const { leads, problems } = await bringList(t, app, dealer, file, { settings: { mapping } })
      t.strictSame(
        leads.map(({ consents }) => said(consents)),
        [{ marketing: false }, { marketing: true, newsletter: true, 'marketing.email': false }]
      )
      const code = 'contradicted_consent'
      t.strictSame(leads[0]?.unmapped, [
        { path: 'Zgoda marketingowa', text: 'tak', code },
        { path: 'Email opt-in', text: 'tak', code },
        { path: 'Newsletter', text: 'tak', code }
      ])
      t.strictSame(leads[1]?.unmapped, [])
      t.match(problems, [
        { severity: 'warning', column: 'Zgoda marketingowa', code, value: 'tak' },
        { severity: 'warning', column: 'Email opt-in', code, value: 'tak' },
        { severity: 'warning', column: 'Newsletter', code, value: 'tak' }
      ])
    }
  )

  await t.test('a value that says neither is told, and costs nothing', async (t) => {
    const dealer = await app.createDealer()
    const file = 'Name;E-mail;Newsletter\n' + 'Iga Mróz;iga@c.example;maybe\n'
    const mapping = [
      { column: 'Name', field: 'contact.fullName' },
      { column: 'E-mail', field: 'contact.email' },
      { column: 'Newsletter', field: 'consents.newsletter' }
    ]
    const { leads, problems } = await bringList(t, app, dealer, file, { settings: { mapping } })
    t.strictSame(leads[0]?.consents, [])
    t.match(leads[0]?.unmapped, [{ path: 'Newsletter', text: 'maybe', code: 'unreadable_value' }])
    t.match(problems, [{ severity: 'warning', column: 'Newsletter', code: 'not_flag' }])
  })

  await t.test(
    'a cell that says neither costs its column nothing, and a word for leaving is a no',
    async (t) => {
      const dealer = await app.createDealer()
      const file =
        'Name;E-mail;Newsletter;Lista Robinson\nIga Mróz;iga@c.example;Nein;sí\n' +
        'Leo Sowa;leo@c.example;abgemeldet;no\nUna Kos;una@c.example;Ja;\nAda Kos;ada@c.example;weekly;\n'
      const { leads, problems } = await bringList(t, app, dealer, file)
      const byName = new Map(
        leads.map(({ contact, consents }) => [contact.fullName, said(consents)])
      )
      t.strictSame(
        ['Iga Mróz', 'Leo Sowa', 'Una Kos', 'Ada Kos'].map((name) => byName.get(name)),
        [{ newsletter: false, marketing: false }, { newsletter: false }, { newsletter: true }, {}]
      )
      t.match(problems, [{ column: 'Newsletter', code: 'not_flag', value: 'weekly' }])
      t.equal(problems.length, 1)
    }
  )

  await t.test('an update adds what is not said, and no list widens a refusal', async (t) => {
    const dealer = await app.createDealer()
    const first = 'Name;E-mail;Newsletter;Marketing consent\nIga Mróz;iga@c.example;no;yes\n'
    await bringList(t, app, dealer, first)
    const second =
      'Name;E-mail;Newsletter;Marketing consent;SMS opt out\nIga Mróz;iga@c.example;yes;yes;yes\n'
    const settings = { matchBy: ['contact.email'], onMatch: 'update', overwrite: true }
    const { done } = await bringList(t, app, dealer, second, { settings })
    t.equal(done.counts.updated, 1)
    const read = async () =>
      said((await dealer.admin('GET', '/v1/leads')).body.data[0]?.consents as Shown[])
    t.strictSame(await read(), { newsletter: false, marketing: true, 'marketing.sms': false })
    const undone = await dealer.admin('POST', `/v1/operations/${done.operationId}/undo`)
    t.equal(undone.status, 200)
    await work(app, dealer, done.id)
    t.strictSame(await read(), { newsletter: false, marketing: true })
  })

  await t.test('of clients, on their record, until the import is taken back', async (t) => {
    const dealer = await app.createDealer()
    const bring = async (file: string, settings: object = {}) => {
      const headers = { 'content-type': 'text/csv' }
      const query = '?target=clients'
      const { body } = await dealer.admin('POST', `/v1/imports${query}`, file, headers)
      await dealer.admin('PATCH', `/v1/imports/${body.id}`, { settings })
      return await runStaged(t, app, dealer, body.id)
    }
    const made = await bring('Name;E-mail;Newsletter\nIga Mróz;iga@c.example;yes\n')
    t.strictSame(made.counts, { created: 1, updated: 0, skipped: 0, bad: 0 })
    const { id } = await onlyClient(dealer)
    t.strictSame(said((await onlyClient(dealer)).consents), { newsletter: true })
    const history = await historyOf(dealer, id)
    t.match(history, [{ purpose: 'newsletter', granted: true, origin: 'import' }])

    const settings = { onMatch: 'update' }
    const changed = await bring(
      'Name;E-mail;Newsletter;Do Not Call\nIga Mróz;iga@c.example;no;1\n',
      settings
    )
    t.equal(changed.counts.updated, 1)
    const narrowed = { newsletter: false, 'marketing.phone': false }
    t.strictSame(said((await onlyClient(dealer)).consents), narrowed)

    const undo = async (operationId: string | null, importId: string) => {
      const undone = await dealer.admin('POST', `/v1/operations/${operationId}/undo`)
      t.equal(undone.status, 200, undone.text)
      await work(app, dealer, importId)
    }
    await undo(changed.operationId, changed.id)
    t.strictSame(said((await onlyClient(dealer)).consents), { newsletter: true })
    const statement = { purpose: 'newsletter', granted: false }
    const recorded = await dealer.admin('POST', `/v1/clients/${id}/consents`, statement)
    t.equal(recorded.status, 201, recorded.text)
    t.strictSame(said((await onlyClient(dealer)).consents), { newsletter: false })

    const other = await bring('Name;E-mail;Newsletter\nLeo Sowa;leo@c.example;yes\n')
    await undo(other.operationId, other.id)
    t.equal((await dealer.admin('GET', '/v1/clients')).body.data.length, 1, 'what was made is gone')
  })
})

async function onlyClient(dealer: TestDealer): Promise<{ id: string; consents: Shown[] }> {
  const { body } = await dealer.admin('GET', '/v1/clients')
  const { id } = (body.data as { id: string }[])[0] ?? { id: '' }
  return (await dealer.admin('GET', `/v1/clients/${id}`)).body
}

async function historyOf(dealer: TestDealer, id: string): Promise<object[]> {
  return (await dealer.admin('GET', `/v1/clients/${id}/consents`)).body.data
}
