import PostalMime from 'postal-mime'
import t from 'tap'
import { buildMessage } from '../../src/mail/build-message.ts'
import { composeAdfMail } from '../../src/mail/compose/compose-adf-mail.ts'
import { vehicle } from '../support/builders.ts'
import { content, dealer, lead, readOne, render, validate } from './documents.ts'

const cyrillic = 'Подскажите пожалуйста цену '.repeat(6).trim()
const messages = {
  'a usual text': 'Is the blue one still there?\nI could come on Friday.',
  '140 Cyrillic letters': cyrillic.slice(0, 140),
  'many Cyrillic words': `${cyrillic} `.repeat(20).trim(),
  'words with several blanks': 'two  and   three '.repeat(200).trim(),
  '1,000 letters without a blank': 'x'.repeat(1000),
  'Chinese, which has no blanks': '请问这辆车还在吗'.repeat(100),
  'a long run in a line with others': `first ${'y'.repeat(2500)} last\nnext ${'&<'.repeat(600)}`
}

async function mailOf(lead: string) {
  const adf = { dealer: dealer(), lead: { id: '0197-lead' }, sourceName: 'Our website', adf: lead }
  return await buildMessage(composeAdfMail(adf), {
    from: { name: 'Desk', address: 'desk@desk.example' },
    to: { name: 'CRM', address: 'crm@dealer.example' },
    messageId: '<d1@desk.example>',
    date: new Date('2026-11-21T17:03:12Z')
  })
}

for (const [name, message] of Object.entries(messages)) {
  void t.test(`ADF with ${name} is mailed in 7 bits and says the same when read`, async (t) => {
    const document = render(lead({ content: content({ message }) }))
    validate(document)
    t.equal(readOne(document).message, message)

    const raw = (await mailOf(document)).toString('latin1')
    t.match(raw, /^Content-Transfer-Encoding: 7bit\r$/m)
    t.match(raw, '<?adf version="1.0"?>')
    t.notMatch(raw, /[^\r\n\t\x20-\x7e]/)
    t.ok(raw.split('\r\n').every((line) => line.length <= 998))
    const long = document.split('\n').filter((line) => line.length > 76)
    const foldable = long.filter((line) => line.trim().includes(' '))
    t.strictSame(foldable, [], 'no line with a blank is long')
    t.equal((await PostalMime.parse(raw)).text, document)
  })
}

void t.test('long attributes are folded too, and usual lines are left alone', (t) => {
  for (const altText of ['one two '.repeat(300).trim(), 'z'.repeat(3000)]) {
    const image = { url: 'https://cars.example/1', width: null, height: null, altText }
    const document = render(lead({ content: content({ vehicles: [vehicle({ image })] }) }))
    t.ok(document.split('\n').every((line) => line.length <= 998))
    t.equal(readOne(document).vehicles[0]?.image?.altText, altText)
  }
  const line = 'word '.repeat(14).trim()
  t.ok(render(lead({ content: content({ message: `first\n${line}\nlast` }) })).includes(line))
  t.end()
})

void t.test('line breaks of other senders stay', (t) => {
  const text = 'first \nsecond'
  const document = `<adf><prospect><customer><contact><email>zoe@example.test</email></contact><comments>${text}</comments></customer></prospect></adf>`
  t.equal(readOne(document).message, text)
  t.end()
})
