import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'

const PATH = '/v1/field-mapping'

void t.test('the field mapping', async (t) => {
  const { createDealer } = await sharedTestApp()
  const entry = (to: string, from: string | null, standIn: unknown = null) => ({
    ...{ to, from },
    default: standIn
  })

  await t.test('empty until it is written; read by everybody, written by admins', async (t) => {
    const { admin, withUser, withKey } = await createDealer()
    const unsaid = await admin('GET', PATH)
    t.strictSame(unsaid.body, { entries: [], version: 0, updatedAt: null })
    t.equal(unsaid.headers.etag, '"0"')
    const entries = [
      { to: 'account.name', default: 'Private' },
      { to: 'client.customFields.brands', from: 'vehicle.make', default: ['Kia', 'Opel'] }
    ]
    const written = await admin('PUT', PATH, { entries })
    t.equal(written.status, 200)
    t.hasStrict(written.body, {
      entries: [
        entry('account.name', null, 'Private'),
        entry('client.customFields.brands', 'vehicle.make', ['Kia', 'Opel'])
      ],
      version: 1
    })
    const member = await withUser()
    t.strictSame((await member.call('GET', PATH)).body, written.body)
    t.equal((await member.call('PUT', PATH, { entries })).status, 403)
    t.equal((await (await withKey(['write']))('PUT', PATH, { entries })).status, 403)
    const { admin: stranger } = await createDealer()
    t.strictSame((await stranger('GET', PATH)).body.entries, [])
    const { body } = await admin('GET', '/v1/events?type=field_mapping.updated')
    t.match(body.data, [{ data: { entries: 2, version: 1 } }])
  })

  await t.test('412 for another version; of ten first ones at once one is written', async (t) => {
    const { admin } = await createDealer()
    const put = (version: number) =>
      admin('PUT', PATH, { entries: [] }, { 'if-match': `"${version}"` })
    const answers = await Promise.all(Array.from({ length: 10 }, () => put(0)))
    t.strictSame(answers.map(({ status }) => status).toSorted(), [200, ...Array(9).fill(412)])
    t.equal((await put(1)).status, 200)
    t.equal((await put(1)).status, 412)
  })

  await t.test('422 names the entry and the field', async (t) => {
    const { admin } = await createDealer()
    const field = { target: 'client', key: 'budget', label: 'Budget', type: 'number' }
    t.equal((await admin('POST', '/v1/custom-fields', field)).status, 201)
    const { status, problem } = await admin('PUT', PATH, {
      entries: [
        entry('client.nickname', 'contact.firstName'),
        entry('account.name', 'nickname'),
        entry('client.customFields.budget', 'isTest'),
        entry('client.customFields.budget', null, 'much')
      ]
    })
    t.equal(status, 422)
    t.match(problem.errors, [
      { pointer: '/entries/0/to', message: /client\.nickname/ },
      { pointer: '/entries/1/from', message: /nickname/ },
      { pointer: '/entries/2/from', message: /client\.customFields\.budget/ },
      { pointer: '/entries/3/to', message: /client\.customFields\.budget/ },
      { pointer: '/entries/3/default', message: /number.*client\.customFields\.budget/ }
    ])
    t.equal((await admin('GET', PATH)).body.version, 0)
    const many = Array.from({ length: 101 }, (_, i) => entry(`client.customFields.a${i}`, null))
    t.equal((await admin('PUT', PATH, { entries: many })).status, 422)
    t.equal((await admin('PUT', PATH, { entries: [], more: 1 })).status, 422)
  })
})
