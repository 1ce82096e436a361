import t from 'tap'

import { templates } from '../../../../src/database/schema.ts'
import { publishAutoResponses, makeTemplate } from '../../../support/auto-responses.ts'
import { createTestApp } from '../../../support/app.ts'
import { must } from '../../../support/must.ts'

const NOBODY = '01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e'

void t.test('auto-responses', async (t) => {
  const { createDealer, database } = await createTestApp(t)

  await t.test('drafts are published, and rolled back to; one holds', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const templateId = await makeTemplate(database, dealer)
    const empty = await admin('POST', '/v1/auto-responses', {})
    t.strictSame(
      empty.body.rules,
      { entries: [], default: null, quietHours: null, windowHours: 24 },
      'a first draft answers nobody'
    )
    const rules = {
      entries: [
        { name: 'Vans', criteria: { field: 'message', contains: 'van' }, templateId: null },
        { name: 'Cars', templateId, consent: { purpose: 'communication' } }
      ],
      default: { templateId },
      quietHours: { from: '21:00', to: '07:30' },
      windowHours: 48
    }
    const first = await publishAutoResponses(admin, rules)
    const held = await admin('GET', `/v1/auto-responses/${first}`)
    t.hasStrict(held.body, { state: 'published', number: 1 })
    const [vans, cars] = held.body.rules.entries
    t.strictSame(held.body.rules, {
      ...rules,
      entries: [
        { id: must(vans).id, consent: null, ...rules.entries[0] },
        { id: must(cars).id, criteria: { all: [] }, ...rules.entries[1] }
      ],
      default: { templateId, consent: null }
    })

    const copy = await admin('POST', '/v1/auto-responses', { note: 'Off' })
    t.strictSame(copy.body.rules, held.body.rules, 'a draft begins with what holds')
    await admin('PATCH', `/v1/auto-responses/${copy.body.id}`, { rules: {} })
    const off = await admin('POST', `/v1/auto-responses/${copy.body.id}/publish`)
    t.hasStrict(off.body, { state: 'published', number: 2, note: 'Off' })
    const states = async () => {
      const { body } = await admin('GET', '/v1/auto-responses?sort=createdAt')
      return body.data.map(({ state }: { state: string }) => state)
    }
    t.strictSame(await states(), ['draft', 'superseded', 'published'])
    const back = await admin('POST', `/v1/auto-responses/${first}/roll-back`)
    t.hasStrict(back.body, { state: 'published', number: 3, rules: held.body.rules })
    t.strictSame(await states(), ['draft', 'superseded', 'superseded', 'published'])
    const changed = await admin('PATCH', `/v1/auto-responses/${first}`, { note: 'x' })
    t.equal(changed.status, 409, 'what was published stays')
  })

  await t.test('422 names what is wrong', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const templateId = await makeTemplate(database, dealer)
    const foreign = await makeTemplate(database, await createDealer())
    const refused = async (rules: object) => {
      const { status, problem } = await admin('POST', '/v1/auto-responses', { rules })
      t.equal(status, 422)
      return problem.errors?.map(({ pointer }: { pointer: string }) => pointer)
    }
    const entry = { name: 'A', templateId }
    const entries = [entry, { ...entry, templateId: foreign }, { ...entry, templateId: NOBODY }]
    t.strictSame(await refused({ entries, default: { templateId: foreign } }), [
      '/rules/entries/1/templateId',
      '/rules/entries/2/templateId',
      '/rules/default/templateId'
    ])
    const criteria = { field: 'shoeSize', equals: 42 }
    t.strictSame(await refused({ entries: [entry, { ...entry, criteria }] }), [
      '/rules/entries/1/criteria/field'
    ])
    const same = { ...entry, id: NOBODY }
    t.strictSame(await refused({ entries: [same, same] }), ['/rules/entries/1/id'])
    const quietHours = { from: '09:00', to: '09:00' }
    t.strictSame(await refused({ quietHours }), ['/rules/quietHours/to'])
    const odd = { quietHours: { from: '9:00', to: '24:00' }, windowHours: 0 }
    t.strictSame((await refused(odd))?.toSorted(), [
      '/rules/quietHours/from',
      '/rules/quietHours/to',
      '/rules/windowHours'
    ])
    t.strictSame(await refused({ windowHours: 8761 }), ['/rules/windowHours'])
    t.strictSame(await refused({ default: { templateId: null } }), ['/rules/default/templateId'])
    t.strictSame(await refused({ entries: [{ name: 'A' }] }), ['/rules/entries/0/templateId'])
    t.strictSame(await refused({ entries: Array.from({ length: 101 }, () => entry) }), [
      '/rules/entries'
    ])
    t.strictSame(await refused({ quietHour: null }), ['/rules/quietHour'])
  })

  await t.test('a template that is gone by then can’t be published', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const templateId = await makeTemplate(database, dealer)
    const rules = { default: { templateId } }
    const draft = await admin('POST', '/v1/auto-responses', { rules })
    const first = await publishAutoResponses(admin, rules)
    await publishAutoResponses(admin, {})
    await database.db.transaction(dealer.id, (tx) => tx.orm.delete(templates))
    const published = await admin('POST', `/v1/auto-responses/${draft.body.id}/publish`)
    t.equal(published.status, 422)
    t.equal(published.problem.errors?.[0]?.pointer, '/rules/default/templateId')
    const back = await admin('POST', `/v1/auto-responses/${first}/roll-back`)
    t.equal(back.status, 422)
  })

  // Guards `for key share` in `holdTemplates`: without it the template is gone, the rules stay.
  await t.test('a template can’t be deleted while rules with it are published', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const templateId = await makeTemplate(database, dealer)
    const draft = await admin('POST', '/v1/auto-responses', { rules: { default: { templateId } } })
    const publish = () => admin('POST', `/v1/auto-responses/${draft.body.id}/publish`)
    const { publishing } = await database.db.transaction(dealer.id, async (tx) => {
      await tx.orm.delete(templates)
      const publishing = publish()
      const first = await Promise.race([publishing, new Promise((done) => setTimeout(done, 300))])
      t.equal(first, undefined, 'the publication waits for the deletion')
      return { publishing }
    })
    t.equal((await publishing).status, 422)
  })
})
