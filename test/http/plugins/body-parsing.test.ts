import t from 'tap'

import { MAX_JSON_DEPTH } from '../../../src/domain/text/json-depth.ts'
import { OPERATOR_TOKEN, createTestApp, sharedTestApp } from '../../support/app.ts'
import { newId } from '../../../src/ids.ts'
import { listOperations } from '../../support/operations.ts'

const JSON_TYPE = 'application/json'

function nested(depth: number): string {
  return `${'{"a":['.repeat(depth / 2)}${']}'.repeat(depth / 2)}`
}

/** What clients send by mistake or malice, with the statuses that are right. */
const BODIES: Record<string, { payload?: string; type?: string; statuses: number[] }> = {
  'no body and no media type': { statuses: [400, 415, 422] },
  'no body of the right media type': { type: 'the right', statuses: [400, 422] },
  'a body without a media type': { payload: '{}', statuses: [415] },
  'a body of a media type that no operation takes': {
    payload: '{}',
    type: 'image/png',
    statuses: [415]
  },
  null: { payload: 'null', type: JSON_TYPE, statuses: [415, 422] },
  'JSON nested without end': { payload: nested(50_000), type: JSON_TYPE, statuses: [415, 422] },
  'JSON that breaks off': { payload: '{"a":', type: JSON_TYPE, statuses: [400, 415] }
}

// Guards the check of nesting and that a body was sent: each of these was a 500 somewhere.
void t.test('every operation with a body refuses what is none', async (t) => {
  const { app, call, createDealer } = await createTestApp(t, { rememberedMs: 60_000 })
  const dealer = await createDealer()
  const owner = app.jwt.sign({ sub: dealer.ownerId, dealer: dealer.id })
  const operations = listOperations(app).filter(({ mediaTypes }) => mediaTypes.length > 0)
  t.ok(operations.length > 50)
  for (const { id, method, path, mediaTypes, isBodyOptional } of operations) {
    // Mail programs say that somebody wants no more mails; what they send is not looked at.
    if (id === 'unsubscribe') continue
    const url = path.replaceAll(/\{\w+\}/g, newId())
    const token = path.startsWith('/v1/dealers') ? OPERATOR_TOKEN : owner
    for (const [name, { payload, type, statuses }] of Object.entries(BODIES)) {
      if (isBodyOptional && name.startsWith('no body')) continue
      const mediaType = type === 'the right' ? mediaTypes[0] : type
      const response = await call(token, {
        method,
        url,
        ...(payload === undefined ? {} : { payload }),
        headers: mediaType === undefined ? {} : { 'content-type': mediaType }
      })
      // Leads are read under no media type too: what is wrong here is the lead, or the referral code.
      const isRead = name === 'a body without a media type' && /^create(?:Referred)?Lead$/.test(id)
      const isNoCode = id === 'createReferredLead'
      const right = [...(isRead ? [422] : statuses), ...(isRead || isNoCode ? [404] : [])]
      t.ok(right.includes(response.status), `${id}: ${name}: ${response.status}`)
    }
  }
})

// Guards the refusal of media types that the operation does not name: their bodies are not checked.
void t.test('a lead is JSON or ADF, and no merge patch', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin } = await createDealer()
  const headers = { 'content-type': 'application/merge-patch+json' }
  const response = await admin('POST', '/v1/leads', { source: 7 }, headers)
  t.equal(response.status, 415)
})

void t.test('a body of the allowed depth is accepted and returned', async (t) => {
  const { createDealer } = await sharedTestApp()
  const { admin } = await createDealer()
  const post = (depth: number) =>
    admin('POST', '/v1/leads', {
      source: 'website',
      contact: { email: 'ada@example.com' },
      customFields: { deep: JSON.parse(nested(depth)), brackets: '['.repeat(100), quote: '"\\[' }
    })
  const { status, body } = await post(MAX_JSON_DEPTH - 2)
  t.equal(status, 201)
  const lead = await admin('GET', `/v1/leads/${body.id}`)
  t.strictSame(lead.body.customFields.deep, JSON.parse(nested(MAX_JSON_DEPTH - 2)))
  const held = await post(MAX_JSON_DEPTH)
  t.strictSame([held.status, held.body.contact.email], [202, 'ada@example.com'], 'it is held')
  const refused = await admin('POST', '/v1/leads', { deep: JSON.parse(nested(MAX_JSON_DEPTH)) })
  t.equal(refused.status, 422)
  t.strictSame(refused.problem.errors, [
    { pointer: '', message: `is nested deeper than ${MAX_JSON_DEPTH} levels` }
  ])
})
