import t from 'tap'

import { newId } from '../../../../src/ids.ts'
import { sharedTestApp } from '../../../support/app.ts'
import { findStatusIds, postAdf, postLead } from '../../../support/leads.ts'
import { bodyOf } from '../../../support/response.ts'
import { only, must } from '../../../support/must.ts'

const RECORDS = ['history', 'decisions', 'payload', 'adf']

void t.test('the records of a lead', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test('history is newest first, with names, in pages that join', async (t) => {
    const { admin, withUser, defaultQueueId } = await createDealer()
    const anna = await withUser({ name: 'Anna', inQueue: true })
    const statuses = await findStatusIds(admin)
    const lead = await postLead(admin)
    await anna.call('POST', `/v1/leads/${lead.id}/assign`, { assigneeId: anna.id })
    await anna.call('POST', `/v1/leads/${lead.id}/status`, { statusId: statuses.working })
    const { body } = await anna.call('GET', `/v1/leads/${lead.id}/history`)
    t.hasStrict(body.data, [
      {
        type: 'lead.status_changed',
        actor: { type: 'user', id: anna.id, name: 'Anna' },
        names: { [must(statuses.new)]: 'new', [must(statuses.working)]: 'working' }
      },
      {
        type: 'lead.assigned',
        names: { [anna.id]: 'Anna', [defaultQueueId]: 'Default' }
      },
      { type: 'lead.created', actor: { type: 'key', name: 'Test key' } }
    ])
    const first = await admin('GET', `/v1/leads/${lead.id}/history?limit=2`)
    const rest = await admin('GET', must(must(/<(.+)>/.exec(String(first.headers.link)))[1]))
    t.strictSame([...first.body.data, ...rest.body.data], body.data)
    t.equal(rest.body.nextCursor, null)
  })

  await t.test('decisions say in their order why it is where it is', async (t) => {
    const { admin } = await createDealer()
    const lead = await postLead(admin)
    const { body } = await admin('GET', `/v1/leads/${lead.id}/decisions`)
    t.hasStrict(body.data, [
      { step: 'validated', outcome: 'reachable' },
      { step: 'matched', outcome: 'none' },
      { step: 'routed', outcome: 'queued' },
      { step: 'announced', outcome: 'enqueued', code: 'dealer_settings' }
    ])
    const page = await admin('GET', `/v1/leads/${lead.id}/decisions?limit=3`)
    const rest = await admin('GET', must(must(/<(.+)>/.exec(String(page.headers.link)))[1]))
    t.strictSame([...page.body.data, ...rest.body.data], body.data)
  })

  await t.test('a decision has a code, and a sentence in the language of the dealer', async (t) => {
    const { admin } = await createDealer()
    const lead = await postLead(admin)
    for (const [locale, sentence] of [
      ['en', 'No assignment rule fits. The lead waits in the default queue.'],
      ['es', 'No se cumple ninguna regla de asignación. El lead espera en la cola predeterminada.'],
      ['pl', 'Nie pasuje żadna reguła przypisania. Lead czeka w kolejce domyślnej.']
    ]) {
      t.equal((await admin('PATCH', '/v1/dealer', { locale })).status, 200)
      const { body } = await admin('GET', `/v1/leads/${lead.id}/decisions`)
      t.hasStrict(body.data[2], { step: 'routed', code: 'no_rule_fits', sentence })
    }
  })

  await t.test('the payload is what was given, to the letter', async (t) => {
    const { admin } = await createDealer()
    const text =
      '{ "source":"website",\n"contact" : {"email": "a@b.example"}, "message": "Zażółć 🚗" }'
    const posted = await admin('POST', '/v1/leads', text, { 'content-type': 'application/json' })
    const payload = await admin('GET', `/v1/leads/${bodyOf('createLead', posted).id}/payload`)
    t.strictSame(payload.body, { contentType: 'application/json', body: text })
    const document =
      '<adf>\r\n <prospect><customer><contact><email>x@y.example</email></contact>' +
      '</customer></prospect>  <!-- kept --></adf>'
    const { id } = only((await postAdf(admin, document)).body.data)
    const adf = await admin('GET', `/v1/leads/${id}/payload`)
    t.strictSame(adf.body, { contentType: 'application/xml', body: document })
  })

  await t.test(
    'a document of two is shown to a member only if both leads are theirs',
    async (t) => {
      const { admin, withUser } = await createDealer()
      const anna = await withUser()
      const prospect = (email: string) => `<prospect><vehicle><make>Kia</make></vehicle><customer>
      <contact><name>N</name><email>${email}</email></contact></customer></prospect>`
      const posted = await postAdf(
        admin,
        `<adf>${prospect('a@b.test')}${prospect('c@d.test')}</adf>`
      )
      const [first, second] = posted.body.data.map(({ id }) => id)
      const assign = (id = '') => admin('POST', `/v1/leads/${id}/assign`, { assigneeId: anna.id })
      await assign(first)
      t.equal((await anna.call('GET', `/v1/leads/${first}/payload`)).status, 403)
      t.equal((await admin('GET', `/v1/leads/${first}/payload`)).status, 200)
      await assign(second)
      t.equal((await anna.call('GET', `/v1/leads/${first}/payload`)).status, 200)
    }
  )

  await t.test('ADF says what a finance desk asked only where mails may say it', async (t) => {
    const prequalification = { income: { amount: '5400.00', currency: 'PLN' }, employer: 'Acme' }
    for (const mailPrequalification of [true, false]) {
      const { admin } = await createDealer({ mailPrequalification })
      const lead = await postLead(admin, { type: 'prequalification', prequalification })
      const adf = await admin('GET', `/v1/leads/${lead.id}/adf`)
      t.equal(adf.status, 200)
      t.match(adf.headers['content-type'], /^application\/xml/)
      t.equal(adf.text.includes('5400.00'), mailPrequalification)
      t.equal(adf.text.includes('Acme'), mailPrequalification)
      const read = await admin('GET', `/v1/leads/${lead.id}`)
      t.equal(read.body.prequalification?.employer, 'Acme', 'the lead itself has it')
    }
  })

  await t.test('404 for what one does not see, 403 for a key that only captures', async (t) => {
    const { admin, withUser, withKey } = await createDealer()
    const other = await createDealer()
    const [outsider, insider] = [await withUser(), await withUser({ inQueue: true })]
    const capture = await withKey(['leads:capture'])
    const lead = await postLead(capture)
    for (const record of RECORDS) {
      const url = `/v1/leads/${lead.id}/${record}` as const
      t.equal((await admin('GET', url)).status, 200, record)
      t.equal((await insider.call('GET', url)).status, 200)
      t.equal((await outsider.call('GET', url)).status, 404)
      t.equal((await other.admin('GET', url)).status, 404)
      t.equal((await capture('GET', url)).status, 403)
      t.equal((await admin('GET', `/v1/leads/${newId()}/${record}`)).status, 404)
    }
  })
})
