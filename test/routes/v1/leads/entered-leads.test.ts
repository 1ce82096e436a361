import t from 'tap'

import { sharedTestApp } from '../../../support/app.ts'
import type { TestDealer } from '../../../support/app.ts'
import { postLead } from '../../../support/leads.ts'
import { must } from '../../../support/must.ts'
import { publishRules } from '../../../support/rules.ts'

const RULE = { on: 'captured', criteria: { all: [] }, asOffer: false }

void t.test('a lead that a user enters', async (t) => {
  const { createDealer } = await sharedTestApp()

  await t.test('is theirs, and nobody is told what they did themselves', async (t) => {
    const dealer = await createDealer({ ownEnteredLeads: 'author' })
    const anna = await dealer.withUser({ name: 'Anna' })
    await publishRules(dealer, [{ ...RULE, name: 'All', target: queueOf(dealer) }])
    const lead = await postLead(anna.call, { source: 'walk-in' })
    t.strictSame(lead.assignee, { id: anna.id, name: 'Anna' })
    const read = await anna.call('GET', `/v1/leads/${lead.id}`)
    t.equal(read.status, 200)
    const list = await anna.call('GET', '/v1/leads')
    t.strictSame(
      list.body.data.map(({ id }) => id),
      [lead.id],
      'once, though it is hers in two ways'
    )
    const { body } = await anna.call('GET', `/v1/leads/${lead.id}/decisions`)
    const routed = must(body.data.find(({ step }) => step === 'routed'))
    t.hasStrict(routed, { outcome: 'assigned', code: 'entered_by_user' })
    const announced = must(body.data.find(({ step }) => step === 'announced'))
    t.hasStrict(announced, { outcome: 'none', code: 'assignee_entered_it' })
    t.strictSame((await dealer.admin('GET', `/v1/leads/${lead.id}/deliveries`)).body.data, [])
    const changed = await anna.call('PATCH', `/v1/leads/${lead.id}`, { message: 'Came at noon' })
    t.equal(changed.status, 200, 'and hers to change')
  })

  await t.test('has the source of walk-ins, if it names none and there is one', async (t) => {
    const dealer = await createDealer()
    const anna = await dealer.withUser()
    const enter = async (name: string, members: object = {}) =>
      await anna.call('POST', '/v1/leads', {
        contact: { fullName: name, email: `${name}@walk-in.example` },
        ...members
      } as unknown as { source: string; contact: object })
    const form = 'name=Ewa+Form&email=ewa@walk-in.example' as unknown as object
    const flat = await anna.call('POST', '/v1/leads', form, {
      'content-type': 'application/x-www-form-urlencoded'
    })
    t.equal(flat.body.source.key, 'walk-in')
    t.equal((await enter('ida')).body.source.key, 'walk-in')
    t.equal((await enter('jan', { source: 'phone' })).body.source.key, 'phone', 'if it names none')
    const { data } = (await dealer.admin('GET', '/v1/sources')).body
    const source = must(data.find(({ key }) => key === 'walk-in'))
    const desk = { key: 'desk', name: 'At the desk', kind: 'walk_in' }
    t.equal((await dealer.admin('POST', '/v1/sources', desk)).status, 201)
    await dealer.admin('PATCH', `/v1/sources/${source.id}`, { active: false })
    t.equal((await enter('ola')).body.source.key, 'desk', 'of which the oldest active one counts')
    const other = must(
      (await dealer.admin('GET', '/v1/sources')).body.data.find(({ key }) => key === 'desk')
    )
    await dealer.admin('PATCH', `/v1/sources/${other.id}`, { active: false })
    const refused = await enter('ula')
    t.equal(refused.status, 422)
    const active = data.filter(({ key }) => key !== 'walk-in').map(({ key }) => key)
    t.equal(refused.problem.errors?.[0]?.pointer, '/source')
    const { message } = must(refused.problem.errors?.[0])
    const [why, known = ''] = message.split(' Known values: ')
    t.equal(why, 'is required, because no active source is of kind walk_in.')
    t.strictSame(known.split(', ').toSorted(), active.toSorted())
    for (const { id } of data) await dealer.admin('PATCH', `/v1/sources/${id}`, { active: false })
    const none = await enter('una')
    t.match(must(none.problem.errors?.[0]).message, 'No source is active')
  })

  await t.test('names its assignee as a response shows one, or an assignment does', async (t) => {
    const dealer = await createDealer()
    const [anna, ben] = [await dealer.withUser(), await dealer.withUser({ name: 'Ben' })]
    for (const words of [
      { assignee: { id: ben.id, name: 'Ben' } },
      { assignee: { email: ben.email } },
      { assigneeId: ben.id },
      { assigneeId: ben.email, assignee: null }
    ]) {
      const lead = await postLead(anna.call, words)
      t.equal(lead.assignee?.id, ben.id, JSON.stringify(words))
      t.strictSame(lead.unmapped, [])
    }
    const contact = { email: 'two@example.com' }
    const both = { source: 'website', contact, assignee: anna.id, assigneeId: ben.id }
    const refused = await anna.call('POST', '/v1/leads', both)
    t.equal(refused.problem.errors?.[0]?.pointer, '/assigneeId')
  })

  await t.test('goes as the rules say, and else is theirs', async (t) => {
    const dealer = await createDealer()
    const [anna, ben] = [await dealer.withUser(), await dealer.withUser({ name: 'Ben' })]
    const toBen = { type: 'user', userId: ben.id }
    const isVan = { field: 'message', contains: 'van' }
    await publishRules(dealer, [{ ...RULE, name: 'Vans', criteria: isVan, target: toBen }])
    const van = await postLead(anna.call, { message: 'A van, please' })
    t.equal(van.assignee?.id, ben.id)
    t.equal((await anna.call('GET', `/v1/leads/${van.id}`)).status, 200, 'she entered it')
    const refused = await anna.call('PATCH', `/v1/leads/${van.id}`, { message: 'No van' })
    t.equal(refused.status, 403, 'it is his')
    t.equal((await postLead(anna.call, { message: 'A car' })).assignee?.id, anna.id)
  })

  await t.test(
    'of a colleague’s person is the colleague’s, and its author follows it',
    async (t) => {
      const dealer = await createDealer()
      const [anna, ben] = [await dealer.withUser(), await dealer.withUser()]
      const contact = { fullName: 'Ada Known', email: 'ada.known@example.com' }
      const first = await postLead(dealer.admin, { contact, assignee: ben.id })
      const lead = await postLead(anna.call, { contact, source: 'phone', message: 'She called' })
      t.not(lead.id, first.id)
      t.equal(lead.assignee?.id, ben.id)
      t.equal((await anna.call('GET', `/v1/leads/${lead.id}`)).status, 200)
      t.equal((await anna.call('GET', `/v1/leads/${first.id}`)).status, 404, 'not the others')
      const told = (await dealer.admin('GET', `/v1/leads/${lead.id}/deliveries`)).body.data
      t.hasStrict(told, [{ purpose: 'assignee_mail', userId: ben.id }])
    }
  )

  await t.test('that stands already is seen by who enters it again, but not theirs', async (t) => {
    const dealer = await createDealer()
    const [anna, ben] = [await dealer.withUser(), await dealer.withUser()]
    const body = {
      source: 'phone',
      externalId: 'slip-4',
      contact: { fullName: 'Ida Slip', email: 'ida@example.com' }
    }
    const first = await ben.call('POST', '/v1/leads', body)
    const again = await anna.call('POST', '/v1/leads', { ...body, message: 'Once more' })
    t.equal(again.status, 200)
    t.equal(again.body.id, first.body.id)
    t.equal((await anna.call('GET', `/v1/leads/${again.body.id}`)).status, 200)
    t.equal((await anna.call('GET', `/v1/leads/${again.body.id}/matches`)).status, 200)
    const changed = await anna.call('PATCH', `/v1/leads/${again.body.id}`, { message: 'Mine' })
    t.equal(changed.status, 403, 'it is his')
    const contact = { fullName: 'Ola Twice', email: 'ola.twice@example.com' }
    const same = { source: 'walk-in', contact, message: 'At the desk' }
    const one = await ben.call('POST', '/v1/leads', same)
    const other = await anna.call('POST', '/v1/leads', same)
    t.equal(other.body.id, one.body.id, 'one body at once by two')
    t.equal((await anna.call('GET', `/v1/leads/${one.body.id}`)).status, 200)
  })

  await t.test('is seen by its author still when others have it, in the list too', async (t) => {
    const dealer = await createDealer()
    const [anna, ben] = [await dealer.withUser(), await dealer.withUser()]
    const leads = []
    for (let count = 0; count < 5; count += 1) leads.push(await postLead(anna.call))
    for (const { id } of leads.slice(0, 3)) {
      await dealer.admin('POST', `/v1/leads/${id}/assign`, { assigneeId: ben.id })
    }
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`
      const page = await anna.call('GET', `/v1/leads?limit=2${query}`)
      seen.push(...page.body.data.map(({ id }) => id))
      cursor = page.body.nextCursor
    } while (cursor !== null)
    t.strictSame(seen, leads.map(({ id }) => id).toReversed(), 'each once, over all pages')
  })
})

function queueOf({ defaultQueueId }: TestDealer): object {
  return { type: 'queue', queueId: defaultQueueId }
}
