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
