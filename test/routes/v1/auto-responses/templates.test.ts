import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { makeTemplate, publishAutoResponses } from '../../../support/auto-responses.ts'
import { openConnections, postLead } from '../../../support/leads.ts'

const EN = { subject: 'Hello {{ contact.firstName }}', text: 'From {{ dealer.name }}', html: null }

void t.test('templates', async (t) => {
  const { createDealer, database } = await createTestApp(t)

  await t.test(
    '201 adds one, which can be read, listed, changed by language and deleted',
    async (t) => {
      const { admin, withUser } = await createDealer()
      const created = await admin('POST', '/v1/templates', { name: 'First', languages: { en: EN } })
      t.equal(created.status, 201)
      const url = String(created.headers.location)
      t.strictSame((await admin('GET', url)).body, created.body)
      t.strictSame((await admin('GET', '/v1/templates')).body, {
        data: [created.body],
        nextCursor: null
      })

      const pl = { subject: 'Cześć', text: 'Od {{ dealer.name }}' }
      const patched = await admin(
        'PATCH',
        url,
        { languages: { pl, en: { subject: 'Hi' } } },
        { 'if-match': '"1"' }
      )
      t.strictSame(patched.body.languages, {
        en: { ...EN, subject: 'Hi' },
        pl: { ...pl, html: null }
      })
      t.equal((await admin('PATCH', url, { name: 'X' }, { 'if-match': '"1"' })).status, 412)
      const less = await admin('PATCH', url, { languages: { en: null } })
      t.strictSame(Object.keys(less.body.languages), ['pl'])
      const none = await admin('PATCH', url, { languages: { pl: null } })
      t.strictSame(none.body.errors, [{ pointer: '/languages', message: 'must not be empty' }])
      const part = await admin('PATCH', url, { languages: { es: { subject: 'Hola' } } })
      t.strictSame(part.body.errors, [{ pointer: '/languages/es/text', message: 'is required' }])

      const member = await withUser()
      t.equal((await member.call('GET', url)).status, 200)
      t.equal((await member.call('DELETE', url)).status, 403)
      t.equal((await admin('DELETE', url)).status, 204)
      t.equal((await admin('GET', url)).status, 404)
      t.equal((await admin('DELETE', url)).status, 404)
      const types = (await admin('GET', '/v1/events')).body.data.map(
        ({ type }: { type: string }) => type
      )
      t.ok(
        ['template.created', 'template.updated', 'template.deleted'].every((one) =>
          types.includes(one)
        )
      )
    }
  )

  await t.test('422 names language, part, line and column of each fault', async (t) => {
    const { admin } = await createDealer()
    const { problem } = await admin('POST', '/v1/templates', {
      name: 'Wrong',
      languages: {
        en: {
          subject: '{{ contact.nick }}',
          text: 'x\n{% if contact %}',
          html: '<a href={{ id }}>'
        },
        'pt-br': EN
      }
    })
    t.match(problem.errors, [
      {
        pointer: '/languages/en/subject',
        message: /^line 1, column 4: there is no variable "contact.nick"\. Known names: /
      },
      {
        pointer: '/languages/en/text',
        message: 'line 2, column 1: tag {% if contact %} not closed'
      },
      {
        pointer: '/languages/en/html',
        message:
          'line 1, column 9: a value stands between elements, or within quotes of an attribute'
      },
      { pointer: '/languages/pt-br', message: 'is written pt-BR' }
    ])
    const long = { subject: 'x'.repeat(301), text: 'y'.repeat(20_001), html: 'z'.repeat(100_001) }
    const tooLong = await admin('POST', '/v1/templates', { name: 'L', languages: { en: long } })
    t.strictSame(
      tooLong.problem.errors?.map(({ pointer }: { pointer: string }) => pointer),
      ['/languages/en/subject', '/languages/en/text', '/languages/en/html']
    )
    t.equal((await admin('POST', '/v1/templates', { name: 'N', languages: {} })).status, 422)
    await admin('POST', '/v1/templates', { name: 'Taken', languages: { en: EN } })
    const taken = await admin('POST', '/v1/templates', { name: 'Taken', languages: { en: EN } })
    t.strictSame(taken.problem.errors, [{ pointer: '/name', message: 'is taken' }])
  })

  await t.test('previews: of a lead that the caller sees, or a made-up one', async (t) => {
    const { admin, withUser } = await createDealer()
    const { body: template } = await admin('POST', '/v1/templates', {
      name: 'P',
      languages: {
        en: { ...EN, html: '<p title="{{ message }}">{{ message }}</p>' },
        pl: { subject: '{{ vehicle.name }}', text: '{{ unsubscribe.url }}' }
      }
    })
    const url = `/v1/templates/${template.id}/preview` as const
    const lead = await postLead(admin, {
      contact: { firstName: 'Eve\r\nBcc: x y', email: 'eve@example.com', language: 'de' },
      message: '"><script src=https://evil.example></script>'
    })
    const { status, body } = await admin('POST', url, { leadId: lead.id })
    t.equal(status, 200)
    t.equal(body.language, 'en')
    t.equal(body.subject, 'Hello Eve Bcc: x y', 'on one line')
    t.match(body.html, '&quot;&gt;&lt;script src=https[:]//evil.example&gt;')
    t.notMatch(body.html, '<script')
    t.match(body.text, /\n--\nNo more automatic mails: http:\/\/leadyard\.test\/u\/example\n$/)

    const polish = await admin('POST', url, { language: 'pl-PL' })
    t.strictSame(polish.body, {
      language: 'pl',
      subject: '2022 Kia Ceed GT Line',
      text: 'http://leadyard.test/u/example',
      html: null
    })
    const member = await withUser()
    t.equal((await member.call('POST', url, { leadId: lead.id })).status, 404)
    t.equal((await member.call('POST', url, {})).status, 200)

    const content = { languages: { en: EN } }
    const unsaved = await admin('POST', '/v1/templates/preview', { content, leadId: lead.id })
    t.equal(unsaved.body.subject, 'Hello Eve Bcc: x y')
    const wrong = { languages: { en: { ...EN, text: '{{ x }}' } } }
    const refused = await admin('POST', '/v1/templates/preview', { content: wrong })
    t.match(refused.problem.errors, [
      {
        pointer: '/content/languages/en/text',
        message: /^line 1, column 4: there is no variable "x"\. Known names: /
      }
    ])
    t.equal((await admin('GET', '/v1/templates')).body.data.length, 1, 'nothing was saved')
  })

  await t.test('409 while the rules that hold name it', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    const [named, byDefault, free] = [
      await makeTemplate(database, dealer, 'Named'),
      await makeTemplate(database, dealer, 'Default'),
      await makeTemplate(database, dealer, 'Free')
    ]
    const entry = { name: 'All', criteria: { all: [] }, templateId: named }
    await publishAutoResponses(admin, { entries: [entry], default: { templateId: byDefault } })
    for (const id of [named, byDefault]) {
      const { status, problem } = await admin('DELETE', `/v1/templates/${id}`)
      t.equal(status, 409)
      t.equal(problem.type, 'urn:leadyard:problem:conflict')
    }
    t.equal((await admin('DELETE', `/v1/templates/${free}`)).status, 204)
  })

  // Guards the lock in `removeTemplate`: read the rules before it, and both succeed now and then.
  await t.test('deleted and published at once, one of the two is refused', async (t) => {
    const dealer = await createDealer()
    const { admin } = dealer
    await openConnections(admin)
    for (let round = 0; round < 5; round += 1) {
      const id = await makeTemplate(database, dealer, `Round ${round}`)
      const rules = { entries: [], default: { templateId: id } }
      const draft = await admin('POST', '/v1/auto-responses', { rules })
      const [published, deleted] = await Promise.all([
        admin('POST', `/v1/auto-responses/${draft.body.id}/publish`),
        admin('DELETE', `/v1/templates/${id}`)
      ])
      t.not(published.status === 200, deleted.status === 204, `round ${round}`)
    }
  })
})
