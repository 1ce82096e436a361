import t from 'tap'

import { readContact } from '../../../src/schemas/leads/contact.ts'

void t.test('a name in the field of a point, and the point in that of the name', (t) => {
  const byPhone = readContact({ fullName: '0171 2345672', phone: 'Max Meier' }, 'DE')
  t.match(byPhone.contact, { fullName: 'Max Meier', phones: [{ number: '+491712345672' }] })
  t.equal(byPhone.contact.phones.length, 1)
  t.ok(
    byPhone.repairs.some(({ text }) => text === 'Max Meier'),
    'the text is told'
  )
  const byEmail = readContact({ firstName: 'max@meier.example', email: 'Max' }, 'DE')
  t.match(byEmail.contact, { firstName: 'Max', emails: [{ address: 'max@meier.example' }] })
  t.equal(byEmail.contact.emails.length, 1)
  const beside = readContact({ fullName: 'Max 0171 2345672', phone: 'see above' }, 'DE')
  t.match(beside.contact, { fullName: 'Max', phones: [{ number: '+491712345672' }] })
  const none = readContact({ fullName: 'Max', phone: 'see above' }, 'DE')
  t.match(none.contact.phones, [{ number: 'see above', valid: false }], 'nothing is lost')
  t.end()
})

void t.test('a name in HTML is the name', (t) => {
  for (const [text, name] of [
    ['<b>Bo</b> Li', 'Bo Li'],
    ['&lt;b&gt;Bo&lt;/b&gt; Li', 'Bo Li'],
    ['Bo<br/>Li', 'Bo Li'],
    ['Bo <Li>', 'Bo <Li>']
  ] as const) {
    const { contact, repairs } = readContact({ fullName: text, email: 'bo@li.example' }, 'DE')
    t.equal(contact.fullName, name, text)
    t.strictSame(
      repairs.map((one) => one.text),
      text === name ? [] : [text]
    )
  }
  t.end()
})
