import t from 'tap'

import { FIRST_NAMES } from '../../../src/wording/first-names.ts'
import { createTestApp } from '../../support/app.ts'
import { findStatusIds, postLead } from '../../support/leads.ts'
import { listOperations, nameIn } from '../../support/operations.ts'
import { must } from '../../support/must.ts'
import type { Caller } from '../../support/response.ts'

/** Members and parameters that name a record that has a word, by their own names. */
const NAMES =
  /^(?:user|assignee|queue|status|source|promoter|team|responsible|createdBy)$|^(?:from|to)(?:User|Team)$|(?:[uU]ser|[qQ]ueue|[sS]tatus|[sS]ource|[pP]romoter|[aA]ssignee|reason|replacement)Id$/

const NOBODY = '01938f2e-0002-7000-8000-000000000009'

/** Parameters of the form of a response. */
const NO_FILTERS = [
  'limit',
  'cursor',
  'sort',
  'expand',
  'fields',
  'separator',
  'bom',
  'format',
  'by'
]

/** Parameters that an operation does not go without. */
const REQUIRED: Record<string, string> = { countLeads: '&by=status' }

void t.test('records are named by words in every request', async (t) => {
  const { app, createDealer } = await createTestApp(t)
  const { admin } = await createDealer()
  const operations = listOperations(app)

  await t.test('an export and counts have the filters of the list', (t) => {
    const filtersOf = (id: string) => {
      const { filters } = must(operations.find((operation) => operation.id === id))
      return filters.filter((name) => !NO_FILTERS.includes(name)).toSorted()
    }
    t.strictSame(filtersOf('exportLeads'), filtersOf('listLeads'))
    t.strictSame(filtersOf('countLeads'), filtersOf('listLeads'))
    t.strictSame(filtersOf('exportClients'), filtersOf('listClients'))
    t.end()
  })

  await t.test('no request asks for the id of a record that has a word', (t) => {
    for (const { id, bodyIds, queryIds, named } of operations) {
      const onlyIds = [...bodyIds, ...queryIds.map((name) => `?${name}`)]
        .filter((place) => named[place] === undefined)
        .filter((place) => NAMES.test(nameIn(place).replace('?', '')))
      t.strictSame(onlyIds, [], id)
    }
    t.ok(operations.flatMap(({ named }) => Object.keys(named)).length > 100)
    t.end()
  })

  await t.test('an unknown word is 422 at its place, and names what there is', async (t) => {
    // Files are read before what their parameters name: tried with the imports.
    for (const operation of operations.filter(({ id }) => id !== 'createImport')) {
      for (const [place, noun] of Object.entries(operation.named)) {
        const path = operation.path.replaceAll(/\{\w+\}/g, NOBODY)
        const isQuery = place.startsWith('?')
        const query = isQuery ? `${place}=no-such-word${REQUIRED[operation.id] ?? ''}` : ''
        const body = isQuery
          ? undefined
          : (withWord(operation.body, place.split('/').slice(1)) as object)
        const { status, problem } = await admin(operation.method, `${path}${query}`, body)
        t.equal(status, 422, `${operation.id} ${place}`)
        const pointer = place.replaceAll('/-', '/0')
        const error = problem.errors?.find((one) => one.pointer === pointer)
        const isPerson = noun === 'promoter'
        const told = isPerson
          ? /^names no /
          : /^(?:names no [a-z ]+|has an unknown value): "no-such-word"\. Known values: ./
        t.match(error?.message, told, `${operation.id} ${place}`)
      }
    }
  })
})

/** What an example has not, and a member of it can't be without. */
const EXAMPLES: Record<string, unknown> = {
  placement: { type: 'rules' },
  weights: [{ weight: 1 }],
  rules: {
    entries: [{ name: 'All', on: 'captured', criteria: { all: [] }, target: { type: 'user' } }]
  }
}

/** The body with an unknown word at this place, and else as it is. */
function withWord(at: unknown, [part, ...rest]: string[]): unknown {
  if (part === undefined) return 'no-such-word'
  if (part === '-') return [withWord(Array.isArray(at) ? at[0] : {}, rest)]
  const members = (at ?? {}) as Record<string, unknown>
  return { ...members, [part]: withWord(members[part] ?? EXAMPLES[part], rest) }
}

void t.test('lists are narrowed by several words', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin, withUser } = await createDealer()
  const anna = await withUser({ name: 'Anna Nowak', email: 'anna@dealer.example', inQueue: true })
  const ben = await withUser({ name: 'Ben', email: 'ben@dealer.example' })
  const made = async (path: string, body: object): Promise<string> => {
    const { status, body: record } = await admin('POST', path, body)
    if (status !== 201) throw new Error(`${path}: ${JSON.stringify(record)}`)
    return (record as { id: string }).id
  }
  const found = async (call: Caller, path: string) => {
    const { status, body } = await call('GET', path)
    t.equal(status, 200, path)
    return (body as { data: { id: string }[] }).data.map(({ id }) => id).toSorted()
  }

  const contact = (name: string) => ({
    contact: { fullName: name, email: `${name.toLowerCase()}@x.example` }
  })
  const [clientA, clientB] = [
    await made('/v1/clients', {
      ...contact('Ada'),
      responsibleUserId: 'Anna Nowak',
      source: 'Website'
    }),
    await made('/v1/clients', {
      ...contact('Bob'),
      responsibleUserId: 'BEN@dealer.example',
      source: 'portal'
    })
  ]
  const both = [clientA, clientB].toSorted()

  await t.test('of clients', async (t) => {
    t.strictSame(await found(admin, '/v1/clients?responsible=anna@dealer.example,Ben'), both)
    t.strictSame(await found(admin, '/v1/clients?source=website,Portal'), both)
    t.strictSame(await found(admin, '/v1/clients?source=website'), [clientA])
    t.strictSame(await found(anna.call, '/v1/clients?responsible=me'), [clientA])
  })

  await t.test('of activities and opportunities', async (t) => {
    const call = await made('/v1/activities', {
      type: 'call',
      userId: 'Anna Nowak',
      clientId: clientA
    })
    const mail = await made('/v1/activities', {
      type: 'email',
      userId: ben.id,
      clientId: clientB,
      state: 'done'
    })
    const all = [call, mail].toSorted()
    t.strictSame(await found(admin, '/v1/activities?user=Ben,Anna%20Nowak'), all)
    t.strictSame(await found(admin, '/v1/activities?state=planned,done&type=call,email'), all)
    t.strictSame(await found(anna.call, '/v1/activities?user=me'), [call])
    const deal = await made('/v1/opportunities', {
      clientId: clientA,
      name: 'Ceed',
      stage: 'offer',
      responsibleUserId: 'Anna Nowak'
    })
    t.strictSame(
      await found(admin, '/v1/opportunities?responsible=Anna%20Nowak,ben&stage=offer,won'),
      [deal]
    )
    t.strictSame(await found(anna.call, '/v1/opportunities?responsible=me'), [deal])
  })

  await t.test('of sales by the name of their status, and of exports', async (t) => {
    const statuses = (await admin('GET', '/v1/sale-statuses')).body.data
    const sold = await postLead(admin, { assignee: 'anna@dealer.example' })
    const moved = await admin('POST', `/v1/leads/${sold.id}/status`, { statusId: 'Sold' })
    t.equal(moved.status, 200)
    const [sale] = await found(admin, '/v1/sales')
    const names = statuses.map(({ name }) => name).join(',')
    t.strictSame(await found(admin, `/v1/sales?status=${encodeURIComponent(names)}`), [sale])
    t.strictSame(await found(admin, '/v1/sales?user=anna%20nowak,ben'), [sale])
    const last = must(statuses.at(-1)).name
    const changed = await admin('PATCH', `/v1/sales/${must(sale)}`, {
      statusId: last,
      userId: 'ben'
    })
    t.strictSame([changed.status, changed.body.status.name], [200, last])
    const exported = await admin('GET', '/v1/exports/leads?assignee=Anna%20Nowak,ben')
    t.match(exported.text, sold.id)
  })
})

void t.test('the word `me` is a user, and a key is none', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { withKey, withUser } = await createDealer()
  const anna = await withUser({ name: 'Anna Nowak' })
  const messageOf = async (call: typeof anna.call, word: string) => {
    const { status, problem } = await call('GET', `/v1/leads?assignee=${word}`)
    t.equal(status, 422)
    return problem.errors?.[0]?.message ?? ''
  }
  const key = await withKey(['read'])
  t.match(await messageOf(key, 'me'), 'an API key is not a user')
  t.notMatch(await messageOf(key, 'me'), '`me`')
  t.match(await messageOf(key, 'zoe'), /^names no user: "zoe". Known values: .*Anna Nowak/)
  t.match(await messageOf(anna.call, 'zoe'), /Known values: me, .*Anna Nowak/)
  t.equal((await anna.call('GET', '/v1/leads?assignee=me')).status, 200)
})

void t.test('commands take words', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin, withUser } = await createDealer()
  const anna = await withUser({ name: 'Anna Nowak', email: 'anna@dealer.example' })
  const statusIds = await findStatusIds(admin)

  await t.test(
    'a lead is posted with the name of its source and the address of its user',
    async (t) => {
      const lead = await postLead(admin, { source: 'Trade fair', assignee: 'Anna Nowak' })
      t.strictSame([lead.source.key, lead.assignee?.id], ['trade-fair', anna.id])
      const mine = await postLead(anna.call, { source: lead.source.id, assignee: 'me' })
      t.strictSame([mine.source.key, mine.assignee?.id], ['trade-fair', anna.id])
      const stranger = await postLead(admin, { assignee: 'Zoe' })
      t.match(stranger.unmapped, [{ path: '/assignee', text: 'Zoe', code: 'unknown_reference' }])
      const { status, problem } = await admin('POST', '/v1/leads', {
        source: 'billboard',
        contact: { email: 'ada@x.example' }
      })
      t.equal(status, 422)
      t.match(problem.errors, [{ pointer: '/source', message: /Known values: .*trade-fair/ }])
    }
  )

  await t.test('a lead is moved and assigned by names', async (t) => {
    const lead = await postLead(admin)
    const moved = await admin('POST', `/v1/leads/${lead.id}/status`, { statusId: 'WORKING' })
    t.equal(moved.body.status.id, statusIds.working)
    const byUser = { assigneeId: 'anna@dealer.example' }
    t.equal((await admin('POST', `/v1/leads/${lead.id}/assign`, byUser)).body.assignee?.id, anna.id)
    const toQueue = await admin('POST', `/v1/leads/${lead.id}/assign`, { queueId: 'default' })
    t.equal(toQueue.body.queue?.name, 'Default')
    const reasoned = { statusId: 'lost', reasonId: 'price' }
    t.equal(
      (await admin('POST', `/v1/leads/${lead.id}/status`, reasoned)).body.statusReason?.key,
      'price'
    )
  })

  await t.test('a name of several is an answer to a filter, and 422 in a command', async (t) => {
    await withUser({ name: 'Anna Nowak', email: 'other@dealer.example' })
    const lead = await postLead(admin, { assignee: 'anna@dealer.example' })
    const refused = await admin('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: 'Anna Nowak' })
    t.equal(refused.status, 422)
    t.match(refused.problem.errors, [{ pointer: '/assigneeId', message: /several/ }])
    const { body } = await admin('GET', '/v1/leads?assignee=anna%20nowak')
    t.ok(body.data.some(({ id }) => id === lead.id))
  })

  await t.test('a name may have a comma, and what can’t be stored is no word', async (t) => {
    const { status, body } = await admin('POST', '/v1/queues', { name: 'Sales, Kraków' })
    t.equal(status, 201)
    const lead = await postLead(admin)
    await admin('POST', `/v1/leads/${lead.id}/assign`, { queueId: body.id })
    const list = await admin('GET', `/v1/leads?queue=${encodeURIComponent('sales, kraków')}`)
    t.strictSame(
      list.body.data.map(({ id }) => id),
      [lead.id]
    )
    t.equal((await admin('GET', '/v1/leads?queue=%00')).status, 422)
  })
})

void t.test('filters take the words that readers see, in each language', async (t) => {
  const { createDealer } = await createTestApp(t)
  const { admin } = await createDealer()
  const statuses = await findStatusIds(admin)
  const lead = await postLead(admin, { source: 'website' })
  await admin('POST', `/v1/leads/${lead.id}/status`, { statusId: statuses.lost, reason: 'price' })
  const found = async (query: string) => {
    const { status, body } = await admin('GET', `/v1/leads?${query}`)
    return status === 200 ? body.data.map(({ id }) => id) : status
  }
  for (const words of [
    ['Lost', 'Website', 'Price too high', 'Inquiry'],
    ['perdido', 'Sitio web', 'Precio demasiado alto', 'Consulta'],
    ['Utracony', 'Strona internetowa', 'Za wysoka cena', 'Zapytanie']
  ]) {
    const [status = '', source = '', reason = '', type = ''] = words.map(encodeURIComponent)
    const query = `status=${status}&statusGroup=${status}&source=${source}&statusReason=${reason}`
    t.strictSame(await found(`${query}&type=${type}`), [lead.id], query)
  }
  for (const { source, statuses: names } of Object.values(FIRST_NAMES).map((first) => ({
    source: Object.values(first.sources),
    statuses: Object.values(first.statuses)
  }))) {
    for (const name of source) t.not(await found(`source=${encodeURIComponent(name)}`), 422, name)
    for (const name of names) t.not(await found(`status=${encodeURIComponent(name)}`), 422, name)
  }
  for (const { queue } of Object.values(FIRST_NAMES)) {
    t.not(await found(`queue=${encodeURIComponent(queue)}`), 422, queue)
  }
  const body = { type: 'call', state: 'planned' }
  const { id } = (await admin('POST', '/v1/activities', body)).body
  const calls = (await admin('GET', '/v1/activities?type=llamada')).body.data
  t.strictSame(
    calls.map((call) => call.id),
    [id]
  )
  await admin('PATCH', `/v1/statuses/${statuses.lost}`, { name: 'Gone' })
  t.equal(await found('status=Perdido'), 422, 'it is the dealer’s own by now')
  t.strictSame(await found('status=gone'), [lead.id])
})
