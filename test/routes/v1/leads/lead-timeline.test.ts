import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import { findStatusIds, postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'

void t.test('the timeline of a lead', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test('has changes, notes and messages in one order, page by page', async (t) => {
    const { admin, withUser } = await createDealer()
    const anna = await withUser({ name: 'Anna Nowak' })
    const lead = await postLead(admin, { assignee: anna.id })
    const note = { type: 'note', state: 'done', text: 'Wants a blue one', leadId: lead.id }
    t.equal((await anna.call('POST', '/v1/activities', note)).status, 201)
    const ids = await findStatusIds(admin)
    const move = { statusId: must(ids.lost), reason: 'Bought elsewhere' }
    t.equal((await anna.call('POST', `/v1/leads/${lead.id}/status`, move)).status, 200)
    const url = `/v1/leads/${lead.id}/timeline` as const
    const { status, body } = await anna.call('GET', url)
    t.equal(status, 200)
    t.strictSame(
      body.data.map(({ id }) => id),
      body.data
        .map(({ id }) => id)
        .toSorted()
        .toReversed(),
      'newest first'
    )
    const [moved, noted] = body.data
    t.equal(moved?.sentence, 'Status: New → Lost. Reason: Bought elsewhere.')
    t.equal(moved?.actor?.name, 'Anna Nowak')
    t.equal(noted?.sentence, 'Note: done. Wants a blue one')
    t.strictSame([noted?.kind, noted?.activity?.text], ['activity', 'Wants a blue one'])
    t.equal(noted?.actor?.id, anna.id)
    const mail = body.data.find(({ kind }) => kind === 'delivery')
    t.match(mail?.sentence, /^Mail to Anna Nowak: /)
    t.ok(body.data.slice(2).some(({ event }) => event?.type === 'lead.created'))
    t.ok(body.data.every(({ sentence }) => sentence.endsWith('.') || sentence.includes('blue')))
    const paged: string[] = []
    let cursor = ''
    for (let page = 0; page < 10; page += 1) {
      const next = await anna.call('GET', `${url}?limit=2${cursor}`)
      paged.push(...next.body.data.map(({ id }) => id))
      if (next.body.nextCursor === null) break
      cursor = `&cursor=${next.body.nextCursor}`
    }
    t.strictSame(
      paged,
      body.data.map(({ id }) => id)
    )
  })

  await t.test('says a refusal as one', async (t) => {
    const { admin } = await createDealer()
    const lead = await postLead(admin)
    const url = `/v1/leads/${lead.id}` as const
    const consent = { purpose: 'marketing', channel: 'email', granted: false }
    t.equal((await admin('POST', `${url}/consents`, consent)).status, 201)
    const sentences = (await admin('GET', `${url}/timeline`)).body.data.map(
      ({ sentence }) => sentence
    )
    t.ok(sentences.includes('A consent was refused.'), sentences.join(' '))
  })

  await t.test(
    'says who, what came of it, from what to what, and whether a mail arrived',
    async (t) => {
      const { admin, withUser } = await createDealer({ keepOwner: false })
      const anna = await withUser({ name: 'Anna', team: 'call_center' })
      const ben = await withUser({ name: 'Ben' })
      const contact = { fullName: 'Rita Regular', email: 'rita@example.com' }
      const words = { contact, assignee: anna.id, externalId: 'form-9', message: 'Is it there?' }
      const lead = await postLead(admin, words)
      const url = `/v1/leads/${lead.id}` as const
      await admin('POST', '/v1/leads', { source: 'website', ...words, message: 'Still there?' })
      const phoned = { ...contact, phone: '601 234 567' }
      await admin('POST', '/v1/leads', { source: 'website', ...words, contact: phoned })
      await anna.call('POST', '/v1/activities', {
        ...{ type: 'call', state: 'done', outcome: 'reached', text: 'Rings back', leadId: lead.id }
      })
      await anna.call('POST', '/v1/activities', { type: 'call', userId: ben.id, leadId: lead.id })
      await anna.call('POST', `${url}/handovers`, { toUserId: ben.id })
      const offers = (await ben.call('GET', '/v1/handovers?to=me')).body.data
      await ben.call('POST', `/v1/handovers/${must(offers[0]).id}/accept`)
      const client = (await admin('POST', '/v1/clients', { contact })).body
      await admin('POST', `${url}/link`, { clientId: client.id, planActivity: false })
      const { data } = (await admin('GET', `${url}/timeline?limit=200`)).body
      const said = data.map(({ actor, sentence }) => `${actor?.name ?? '–'}: ${sentence}`)
      for (const line of [
        'Anna: Call: done. Reached. Rings back',
        'Anna: Call: planned. For: Ben.',
        'Anna: Offered: Ben.',
        'Ben: Assigned: Anna → Ben.',
        'Test key: The lead came again: Message Is it there? → Still there?.',
        'Test key: The lead came again: Contact +48601234567.',
        'Test key: Linked to a client: Rita Regular.',
        '–: Mail to Anna: New lead for you, pending.',
        '–: Mail to Ben: A lead is offered to you, pending.'
      ]) {
        t.ok(said.includes(line), `${line}\n${said.join('\n')}`)
      }
    }
  )

  await t.test('speaks the language of the dealer', async (t) => {
    for (const [locale, sentence] of [
      ['pl', 'Telefon: zaplanowane.'],
      ['es', 'Llamada: planificada.']
    ] as const) {
      const { admin } = await createDealer()
      t.equal((await admin('PATCH', '/v1/dealer', { locale })).status, 200)
      const lead = await postLead(admin)
      await admin('POST', '/v1/activities', { type: 'call', state: 'planned', leadId: lead.id })
      const { body } = await admin('GET', `/v1/leads/${lead.id}/timeline?limit=1`)
      t.equal(body.data[0]?.sentence, sentence)
    }
  })

  await t.test('404 for leads that the caller does not see', async (t) => {
    const { admin, withUser } = await createDealer()
    const lead = await postLead(admin)
    const anna = await withUser({ name: 'Anna' })
    const others = (await createDealer()).admin
    for (const call of [anna.call, others]) {
      t.equal((await call('GET', `/v1/leads/${lead.id}/timeline`)).status, 404)
    }
  })
})
