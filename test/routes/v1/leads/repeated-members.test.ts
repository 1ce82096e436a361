import t from 'tap'

import { createTestApp } from '../../../support/app.ts'

void t.test('of a member that is there several times, what says something counts', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const bodies = [
    '"contact":{"fullName":"Jan Kos","phone":"603099988","phone":""}',
    '"contact":{"fullName":"Jan Kos","phone":"","phone":"603099988"}',
    '"contact":{"fullName":"Jan Kos","phone":"603099988","phone":null}',
    '"contact":{"phone":"603099988"},"contact":{"fullName":"Jan Kos"}',
    '"contact":{"fullName":"Jan Kos","phone":"603099988"},"contact":{}',
    '"contact":{"phone":"603099988","phone":" "},"contact":{"fullName":"Jan Kos","phone":""}'
  ]
  const endings = { whole: '}', mended: ',}' }
  for (const [at, body] of bodies.entries()) {
    for (const [kind, end] of Object.entries(endings)) {
      const json = `{"source":"website","externalId":"r${at}-${kind}",${body}${end}`
      const posted = await admin('POST', '/v1/leads', json as unknown as object, {
        'content-type': 'application/json'
      })
      const title = `${kind}: ${body}`
      t.equal(posted.status, 201, `${title}: ${posted.text}`)
      t.match(posted.body.contact, { fullName: 'Jan Kos', phone: '+48603099988' }, title)
      t.ok(
        posted.body.warnings.some(({ code }: { code: string }) => code === 'repeated_member'),
        `and it is told: ${title}`
      )
    }
  }
})

void t.test('of two values that say something the last one counts', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const json =
    '{"source":"website","contact":{"email":"first@repeated.example","email":"last@repeated.example"}}'
  const { body } = await admin('POST', '/v1/leads', json as unknown as object, {
    'content-type': 'application/json'
  })
  t.match(body, {
    contact: { email: 'last@repeated.example' },
    warnings: [{ pointer: '/contact/email', code: 'repeated_member' }]
  })
})
