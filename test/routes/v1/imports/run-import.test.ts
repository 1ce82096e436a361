import t from 'tap'

import { because } from '../../../../src/domain/reasons/reasons.ts'
import { presentReason } from '../../../../src/schemas/reason.ts'
import { runStaged, stageImport, work } from '../../../imports/staged-import.ts'
import { createTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import { asClient } from '../../../support/database.ts'

const COLUMNS = ['externalId', 'contact.fullName', 'contact.email', 'contact.phone', 'note']

void t.test('Rows of a file become records', async (t) => {
  const app = await createTestApp(t)

  void t.test(
    'leads: bad rows and unreachable people are named, own ids are taken once, repeats are marked',
    async (t) => {
      const dealer = await app.createDealer()
      const id = await stageImport(app, dealer, {
        target: 'leads',
        columns: COLUMNS,
        rows: [
          ['a1', 'Ewa Lis', 'ewa@example.pl', '601 234 567', 'first'],
          ['a2', 'Jan Kos', 'jan@', null, ''],
          ['a1', 'Ewa Lis', 'ewa@example.pl', null, 'again'],
          ['a3', 'Ewa Lis', 'ewa@example.pl', null, 'another'],
          [null, 'Nobody', null, null, ''],
          [null, 'No Phone', null, 'call me', '']
        ]
      })
      const expected = { created: 4, updated: 0, skipped: 1, bad: 1 }
      t.equal((await dealer.admin('POST', `/v1/imports/${id}/check`)).status, 202)
      await work(app, dealer, id)
      const checked = (await dealer.admin('GET', `/v1/imports/${id}`)).body
      t.strictSame([checked.state, checked.check], ['ready', expected], 'a dry run says it before')
      t.equal((await listed(dealer, 'leads')).length, 0, 'and makes nothing')

      const done = await runStaged(t, app, dealer, id)
      t.strictSame([done.state, done.counts], ['done', expected])
      const leads = await listed(dealer, 'leads', `&import=${id}`)
      t.equal(leads.length, 4)
      const held = leads.filter(({ quarantineReason }) => quarantineReason?.code === 'unreachable')
      t.strictSame(
        held.map(({ contact }) => contact?.email ?? contact?.phone).toSorted(),
        ['call me', 'jan@'],
        'a lead that can’t be reached is kept in quarantine'
      )
      t.equal((await listed(dealer, 'leads', `&import=${dealer.id}`)).length, 0)
      const first = leads.find((lead) => lead.externalId === 'a1')
      const repeat = leads.find((lead) => lead.externalId === 'a3')
      t.equal(repeat?.duplicateOf, first?.id, 'a row sees the rows before it')
      t.strictSame((await dealer.admin('GET', `/v1/imports/${id}/problems`)).body.data, [
        {
          row: 2,
          line: 3,
          severity: 'warning',
          column: 'contact.email',
          ...presentReason(because('lead_quarantined'), 'en'),
          value: 'jan@'
        },
        {
          row: 5,
          line: 6,
          severity: 'bad',
          column: null,
          ...presentReason(because('unreachable'), 'en'),
          value: null
        },
        {
          row: 6,
          line: 7,
          severity: 'warning',
          column: 'contact.phone',
          ...presentReason(because('lead_quarantined'), 'en'),
          value: 'call me'
        }
      ])
      const payload = await dealer.admin('GET', `/v1/leads/${first?.id}/payload`)
      t.match(payload.text, /first/, 'the row is kept as it was sent')
      t.notMatch(payload.text, /another/, 'and no other with it')
      const csv = await dealer.admin('GET', `/v1/imports/${id}/problems`, undefined, {
        accept: 'text/csv'
      })
      t.match(csv.text, /^row,line,severity,columns,codes,problems,externalId,/)
      const told = csv.text.trim().split('\r\n')
      t.match(told[1], /^2,3,warning,contact.email,lead_quarantined,.*,,,,,$/, 'a lead: no cells')
      t.match(told[2], /^5,6,bad,,unreachable,.*,,Nobody,,,$/)
      t.match(told[3], /^6,7,warning,contact.phone,lead_quarantined,.*,,,,,$/)
    }
  )

  void t.test('a dry run compares people as the run does', async (t) => {
    const columns = [
      ...['externalId', 'contact.fullName', 'contact.email', 'contact.phone'],
      ...['contact.otherEmails', 'contact.otherPhones']
    ]
    const person = ['Ewa Lis', 'e1@dry.example', '601 000 001', 'e2@dry.example', '601 000 002']
    const files: [
      matchBy: ('externalId' | 'contact.email' | 'contact.phone')[],
      rows: (string | null)[][]
    ][] = [
      [
        ['contact.email', 'contact.phone'],
        [
          ['c1', ...person],
          [null, 'Ewa Lis', null, '601 000 002', null, null],
          [null, 'Ewa Lis', 'e2@dry.example', null, null, null]
        ]
      ],
      [
        ['externalId'],
        [
          ['c1', ...person],
          ['c1', 'Ewa Lis', null, '601 000 002', null, null],
          ['c1', 'Jan Nowak', null, '601 000 001', null, null]
        ]
      ]
    ]
    for (const [matchBy, rows] of files) {
      const dealer = await app.createDealer()
      const settings = { matchBy }
      const id = await stageImport(app, dealer, { target: 'leads', columns, rows, settings })
      await dealer.admin('POST', `/v1/imports/${id}/check`)
      await work(app, dealer, id)
      const { check } = (await dealer.admin('GET', `/v1/imports/${id}`)).body
      const { counts } = await runStaged(t, app, dealer, id)
      t.strictSame(check, counts, matchBy.join())
      t.ok(Number(counts.skipped) > 0, matchBy.join())
    }
  })

  void t.test(
    'an undo removes what was made, and is refused where it was worked with',
    async (t) => {
      const dealer = await app.createDealer()
      const rows = [
        ['b1', 'Ewa Lis', 'ewa@example.pl', null, ''],
        ['b2', 'Jan Kos', 'jan@example.pl', null, '']
      ]
      const id = await stageImport(app, dealer, { target: 'leads', columns: COLUMNS, rows })
      const { operationId } = await runStaged(t, app, dealer, id)
      const [lead] = await listed(dealer, 'leads')
      await dealer.admin('PATCH', `/v1/leads/${lead?.id}`, { message: 'changed' })
      const refused = await dealer.admin('POST', `/v1/operations/${operationId}/undo`)
      t.strictSame([refused.status, refused.body.leadIds], [409, [lead?.id]])

      const other = await app.createDealer()
      const again = await stageImport(app, other, { target: 'leads', columns: COLUMNS, rows })
      const operation = (await runStaged(t, app, other, again)).operationId as string
      const undone = await other.admin('POST', `/v1/operations/${operation}/undo`)
      t.strictSame([undone.status, undone.body.state], [200, 'undoing'])
      t.equal((await other.admin('POST', `/v1/operations/${operation}/undo`)).status, 409)
      await work(app, other, again)
      t.equal((await other.admin('GET', `/v1/imports/${again}`)).body.state, 'undone')
      t.equal((await other.admin('GET', `/v1/operations/${operation}`)).body.state, 'undone')
      t.equal((await listed(other, 'leads')).length, 0)
      t.equal(
        (await dealer.admin('GET', `/v1/imports/${again}`)).status,
        404,
        'others see none of it'
      )
    }
  )

  void t.test(
    'clients: what matches is filled, overwritten or ambiguous, and comes back',
    async (t) => {
      const dealer = await app.createDealer()
      const columns = ['contact.fullName', 'contact.email', 'contact.phone', 'contact.companyName']
      const before = await stageImport(app, dealer, {
        target: 'clients',
        columns,
        rows: [
          ['Ewa Lis', 'ewa@example.pl', null, null],
          ['Jan Kos', null, '601 234 567', null]
        ]
      })
      await runStaged(t, app, dealer, before)
      const rows = [
        ['Eva', 'ewa@example.pl', null, 'Lis Sp. z o.o.'],
        ['Both', 'ewa@example.pl', '601 234 567', null],
        ['Ewa Lis', 'EWA@example.pl', '602 234 567', null],
        ['New', 'new@example.pl', null, null]
      ]
      const id = await stageImport(app, dealer, {
        target: 'clients',
        columns,
        rows,
        settings: { onMatch: 'update' }
      })
      const expected = { created: 1, updated: 2, skipped: 0, bad: 1 }
      await dealer.admin('POST', `/v1/imports/${id}/check`)
      await work(app, dealer, id)
      t.strictSame((await dealer.admin('GET', `/v1/imports/${id}`)).body.check, expected)
      const { counts, operationId } = await runStaged(t, app, dealer, id)
      t.strictSame(counts, expected)
      const contactOf = async () =>
        (await listed(dealer, 'clients')).find(({ contact }) => contact?.email === 'ewa@example.pl')
          ?.contact
      const changed = await contactOf()
      t.strictSame(
        [changed?.fullName, changed?.companyName, changed?.phone],
        ['Ewa Lis', 'Lis Sp. z o.o.', '+48602234567']
      )
      t.equal((await dealer.admin('POST', `/v1/operations/${operationId}/undo`)).status, 200)
      await work(app, dealer, id)
      const restored = await contactOf()
      t.strictSame(
        [restored?.companyName, restored?.phone],
        [null, null],
        'both rows are taken back'
      )
      t.equal((await listed(dealer, 'clients')).length, 2)
    }
  )

  void t.test('a run has its own problems, not those of a dry run', async (t) => {
    const dealer = await app.createDealer()
    const rows = [
      ['d1', 'Ewa', 'ewa@example.pl', null, ''],
      ['d2', 'Jan', 'jan@', null, '']
    ]
    const id = await stageImport(app, dealer, { target: 'leads', columns: COLUMNS, rows })
    const problems = async () => {
      const { body } = await dealer.admin('GET', `/v1/imports/${id}/problems`)
      return (body.data as { code: string }[]).map(({ code }) => code)
    }
    const { settings } = (await dealer.admin('GET', `/v1/imports/${id}`)).body
    const mapping = (settings.mapping as { field: string }[]).filter(
      ({ field }) => field !== 'contact.email'
    )
    await dealer.admin('PATCH', `/v1/imports/${id}`, { settings: { mapping } })
    await dealer.admin('POST', `/v1/imports/${id}/check`)
    await work(app, dealer, id)
    t.strictSame(await problems(), ['unreachable', 'unreachable'], 'no column says who it is')

    await dealer.admin('PATCH', `/v1/imports/${id}`, { settings: { mapping: settings.mapping } })
    t.match(await runStaged(t, app, dealer, id), { counts: { created: 2, bad: 0 } })
    t.strictSame(await problems(), ['lead_quarantined'])
  })

  void t.test(
    'turns go on from batch to batch, and from the import to the next lead',
    async (t) => {
      const dealer = await app.createDealer()
      const users = []
      for (const name of ['Ann', 'Ben', 'Cid']) {
        users.push(await dealer.withUser({ name, team: 'call_center', inQueue: true }))
      }
      const target = { type: 'team', team: 'call_center', by: 'round_robin' }
      const rules = { entries: [{ name: 'In turn', target }] }
      const { body: draft } = await dealer.admin('POST', '/v1/assignment-rules', { rules })
      const published = await dealer.admin('POST', `/v1/assignment-rules/${draft.id}/publish`)
      t.equal(published.status, 200, published.text)

      const count = 1_100
      const rows = Array.from({ length: count }, (_, at) => [
        `t${at}`,
        'Somebody',
        `turn${at}@example.pl`,
        null,
        ''
      ])
      const id = await stageImport(app, dealer, { target: 'leads', columns: COLUMNS, rows })
      t.match(await runStaged(t, app, dealer, id), { state: 'done', counts: { created: count } })
      const given = await asClient(app.database.ownerUrl, async (client) => {
        await client.query(`select set_config('app.tenant', $1, false)`, [dealer.id])
        const { rows } = await client.query<{ who: string }>(
          `select u.name as who from leads l join users u on u.id = l.assignee_id
        where l.import_id = $1 order by l.import_row`,
          [id]
        )
        return rows.map(({ who }) => who)
      })
      const order = given.slice(0, 3)
      t.equal(new Set(order).size, 3)
      t.strictSame(
        given,
        Array.from({ length: count }, (_, at) => order[at % 3]),
        'three batches, one round'
      )
      const next = await dealer.admin('POST', '/v1/leads', {
        source: 'website',
        contact: { email: 'next@example.pl' }
      })
      t.equal(next.body.assignee?.name, order[count % 3])
    }
  )

  void t.test('new clients are told to their responsible user once, in the digest', async (t) => {
    const dealer = await app.createDealer()
    const anna = await dealer.withUser()
    const rows = [
      ['Ewa Lis', 'ewa@example.pl'],
      ['Jan Kos', 'jan@example.pl']
    ]
    const id = await stageImport(app, dealer, {
      target: 'clients',
      columns: ['contact.fullName', 'contact.email'],
      rows,
      settings: { placement: { type: 'user', userId: anna.id } }
    })
    const { operationId } = await runStaged(t, app, dealer, id)
    const told = async () => (await anna.call('GET', '/v1/notifications')).body.data
    t.strictSame(
      (await told()).map(({ kind, mode, facts }) => ({ kind, mode, facts })),
      [{ kind: 'newClient', mode: 'digest', facts: { clients: 2, importId: id } }]
    )
    t.equal((await dealer.admin('POST', `/v1/operations/${operationId}/undo`)).status, 200)
    await work(app, dealer, id)
    t.strictSame(await told(), [], 'the undo takes it back')

    const half = await stageImport(app, dealer, {
      ...{ target: 'clients', columns: ['contact.fullName', 'contact.email'], rows },
      settings: { placement: { type: 'user', userId: anna.id } }
    })
    t.equal((await dealer.admin('POST', `/v1/imports/${half}/start`)).status, 202)
    await asClient(app.database.ownerUrl, async (sql) => {
      const counts = JSON.stringify({ created: 1, updated: 0, skipped: 0, bad: 0 })
      await sql.query('update imports set counts = $1 where id = $2', [counts, half])
    })
    t.equal((await dealer.admin('POST', `/v1/imports/${half}/cancel`)).status, 202)
    t.strictSame(
      (await told()).map(({ facts }) => facts),
      [{ clients: 1, importId: half }],
      'a cancelled run told of what it made'
    )
  })

  void t.test('what stops a run, and what settings are refused', async (t) => {
    const dealer = await app.createDealer()
    const rows = [['c1', 'Ewa', 'ewa@example.pl', null, '']]
    const id = await stageImport(app, dealer, { target: 'leads', columns: COLUMNS, rows })
    const patch = async (settings: object) =>
      await dealer.admin('PATCH', `/v1/imports/${id}`, { settings })
    const wrong = await patch({
      mapping: [
        { column: 'unknown', field: 'message' },
        { column: 'note', field: 'message' }
      ]
    })
    t.equal(wrong.status, 422)
    t.strictSame(
      wrong.problem.errors?.map(({ pointer }: { pointer: string }) => pointer),
      ['/settings/mapping/0/column', '/settings/mapping/1/field', '/settings/mapping']
    )
    t.equal((await patch({ placement: { type: 'user', userId: dealer.id } })).status, 422)
    const named = await dealer.admin('PATCH', `/v1/imports/${id}`, { name: 'Fair' })
    t.strictSame([named.status, named.body.name], [200, 'Fair'])

    t.equal((await dealer.admin('POST', `/v1/imports/${id}/start`)).status, 202)
    t.equal((await patch({ onMatch: 'create' })).status, 409, 'settings stand once it runs')
    t.equal((await dealer.admin('POST', `/v1/imports/${id}/cancel`)).body.state, 'cancelled')
    t.equal(await work(app, dealer, id), 0, 'a worker leaves a cancelled import alone')
    t.equal((await listed(dealer, 'leads')).length, 0)
    const stream = await dealer.admin('GET', `/v1/imports/${id}/progress`, undefined, {
      accept: 'text/event-stream'
    })
    t.match(
      stream.text,
      /^event: progress\ndata: \{"state":"cancelled"/,
      'the stream ends with the pass'
    )
  })
})

interface Listed {
  id: string
  externalId?: string
  duplicateOf?: string
  quarantineReason?: { code: string } | null
  contact?: { email: string; fullName: string; companyName: string; phone: string }
}

async function listed(
  dealer: TestDealer,
  what: 'leads' | 'clients',
  filter = ''
): Promise<Listed[]> {
  return (await dealer.admin('GET', `/v1/${what}?limit=200${filter}`)).body.data as Listed[]
}
