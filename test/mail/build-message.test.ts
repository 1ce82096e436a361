import PostalMime from 'postal-mime'
import t from 'tap'
import { buildMessage } from '../../src/mail/build-message.ts'
import type { ComposedMail, MessageEnvelope } from '../../src/mail/build-message.ts'
import { composeAdfMail } from '../../src/mail/compose/compose-adf-mail.ts'
import { composeLeadMail } from '../../src/mail/compose/compose-lead-mail.ts'
import { isMailAddress } from '../../src/mail/mail-address.ts'
import { createMailTransport } from '../../src/mail/transport/transport.ts'
import type { AdfPlacement } from '../../src/domain/dealers/dealer.ts'
import { LEAD_URL, dealer, plausibleLead } from './samples.ts'
import { smtpServer } from './smtp-peer.ts'

const envelope: MessageEnvelope = {
  from: { name: 'Auto Północ', address: 'desk@desk.example' },
  to: { name: 'Anna Nowak', address: 'anna@dealer.example' },
  messageId: '<d1@desk.example>',
  date: new Date('2026-11-21T17:03:12Z')
}

const leadMail = composeLeadMail({
  audience: 'assignee',
  locale: 'pl',
  dealer: dealer(),
  lead: plausibleLead('pl'),
  leadUrl: LEAD_URL
})

function headerBlock(raw: Buffer): string {
  return raw.toString('latin1').split('\r\n\r\n')[0] ?? ''
}

void t.test('a lead mail arrives as it was written', async (t) => {
  const raw = await buildMessage(leadMail, envelope)
  const parsed = await PostalMime.parse(raw)
  t.strictSame(parsed.from, { name: 'Auto Północ', address: 'desk@desk.example' })
  t.strictSame(parsed.to, [{ name: 'Anna Nowak', address: 'anna@dealer.example' }])
  t.equal(parsed.subject, leadMail.subject)
  t.equal(parsed.messageId, '<d1@desk.example>')
  t.equal(parsed.date, '2026-11-21T17:03:12.000Z')
  t.equal(parsed.text?.trim(), leadMail.text.trim())
  t.equal(parsed.html?.trim(), leadMail.html.trim())
  const headers = Object.fromEntries(parsed.headers.map(({ key, value }) => [key, value]))
  t.hasStrict(headers, { 'auto-submitted': 'auto-generated', 'x-auto-response-suppress': 'All' })
  t.notOk('x-mailer' in headers)
})

void t.test('every line is ASCII, ends with CRLF, and is within the limit', async (t) => {
  const text = (await buildMessage(leadMail, envelope)).toString('latin1')
  t.notMatch(text, /[^\r\n\t\x20-\x7e]/)
  t.notMatch(text, /[^\r]\n/)
  t.ok(text.split('\r\n').every((line) => line.length <= 998))
})

void t.test('the same input gives the same bytes, another gives another boundary', async (t) => {
  const first = await buildMessage(leadMail, envelope)
  t.ok(first.equals(await buildMessage(leadMail, { ...envelope })))
  const boundary = (raw: Buffer) => /boundary="([^"]+)"/.exec(raw.toString('latin1'))?.[1]
  const other = await buildMessage({ ...leadMail, text: 'other' }, envelope)
  t.ok(boundary(first))
  t.not(boundary(other), boundary(first))
})

void t.test('no name or subject injects a header, and one recipient gets the mail', async (t) => {
  const server = await smtpServer(t)
  const outbox = createMailTransport({ smtpUrl: server.url, outboxDirectory: t.testdir() })
  t.teardown(async () => {
    await outbox.close()
  })
  const hostile = [
    'Anna\r\nBcc: z@z.example\r\nX-Injected: 1',
    'Anna\nBcc: z@z.example',
    'Anna\u2028Bcc: z@z.example\u0000',
    'a@x.example, b@y.example',
    'Foo <z@z.example>',
    '"Anna" <z@z.example>, "B',
    '=?utf-8?q?x?=\r\n =?utf-8?q?=0D=0ABcc=3A_z=40z.example?=',
    'group: z@z.example;',
    'x'.repeat(5000),
    '\u202egpj.exe'
  ]
  for (const name of hostile) {
    const mailbox = { from: { ...envelope.from, name }, to: { ...envelope.to, name } }
    const raw = await buildMessage({ ...leadMail, subject: name }, { ...envelope, ...mailbox })
    t.notMatch(headerBlock(raw), /^(bcc|cc|x-injected):/im)
    const parsed = await PostalMime.parse(raw)
    t.equal(parsed.to?.length, 1)
    t.equal(parsed.to?.[0]?.address, 'anna@dealer.example')
    t.equal(parsed.from?.address, 'desk@desk.example')
    t.notMatch(`${parsed.subject ?? ''}${parsed.to?.[0]?.name ?? ''}`, /[\r\n\0]|\p{Bidi_Control}/u)
    const outcome = await outbox.send({
      raw,
      envelope: { from: envelope.from.address, to: envelope.to.address },
      messageId: envelope.messageId,
      createdAt: envelope.date
    })
    t.equal(outcome.state, 'sent')
  }
  t.ok(server.received.every(({ to }) => to.length === 1 && to[0] === 'anna@dealer.example'))
  t.equal(server.received.length, hostile.length)
})

void t.test(
  'addresses that are not one plain address, and other message ids, are refused',
  async (t) => {
    const list = { name: '', address: 'a@x.example, b@y.example' }
    await t.rejects(buildMessage(leadMail, { ...envelope, to: list }), TypeError)
    await t.rejects(buildMessage(leadMail, { ...envelope, from: list }), TypeError)
    await t.rejects(
      buildMessage(leadMail, { ...envelope, messageId: '<a@b>\r\nBcc: x' }),
      TypeError
    )
  }
)

void t.test('plain addresses are told from others', async (t) => {
  const plain = ['a@x.example', 'Ann.O+x_y@sub.x-y.example', 'a@żółć.pl', 'a@localhost']
  const others = ['a@x..example', '.a@x.example', 'a@-x.example', 'ł@x.example', 'a@x.example.']
  for (const address of plain) t.ok(isMailAddress(address), address)
  for (const address of [...others, `${'a'.repeat(65)}@x.example`, 'a@x%2eexample', 'a@']) {
    t.notOk(isMailAddress(address), address)
  }
})

const ADF =
  '<?xml version="1.0"?>\n<?adf version="1.0"?>\n<adf>\n.dot = &#380;\nFrom here\n</adf>\n'
const LONG_LINE = ADF.replace('dot', `dot ${'x'.repeat(900)}`)
const TOO_LONG_LINE = ADF.replace('dot', `dot ${'x'.repeat(5000)}`)

async function adfMail(adfPlacement: AdfPlacement, adf: string) {
  const mail = composeAdfMail({
    dealer: dealer({ adfPlacement, adfSubject: '{dealer}: {source} {id} {other}' }),
    lead: { id: 'l-1' },
    sourceName: 'AutoTrader {id}',
    adf
  })
  const server = await smtpServer(t)
  const transport = createMailTransport({ smtpUrl: server.url, outboxDirectory: t.testdir() })
  const raw = await buildMessage(mail, envelope)
  await transport.send({
    raw,
    envelope: { from: envelope.from.address, to: envelope.to.address },
    messageId: envelope.messageId,
    createdAt: envelope.date
  })
  await transport.close()
  const received = server.received[0]?.raw ?? Buffer.alloc(0)
  return { mail, raw: received.toString('latin1'), parsed: await PostalMime.parse(received) }
}

for (const [name, adf, encoding] of [
  ['short lines', ADF, '7bit'],
  ['lines of up to 998', LONG_LINE, '7bit'],
  ['longer lines', TOO_LONG_LINE, 'quoted-printable']
] as const) {
  void t.test(`an ADF body with ${name} is the document and nothing else`, async (t) => {
    const { raw, parsed } = await adfMail('body', adf)
    const [header = '', ...body] = raw.split('\r\n\r\n')
    t.match(header, /^Content-Type: text\/plain; charset=us-ascii$/m)
    t.match(header, new RegExp(`^Content-Transfer-Encoding: ${encoding}$`, 'm'))
    t.ok(raw.split('\r\n').every((line) => line.length <= 998))
    // RFC 2046: line breaks in a text are CRLF on the way.
    if (encoding === '7bit') t.equal(body.join('\r\n\r\n'), adf.replaceAll('\n', '\r\n'))
    t.equal(parsed.text, adf)
    t.notOk(parsed.html)
    t.equal(parsed.attachments.length, 0)
  })
}

void t.test('an ADF subject is the dealer’s own, filled in once', async (t) => {
  const { mail, parsed } = await adfMail('body', ADF)
  t.equal(mail.subject, 'Auto Północ: AutoTrader {id} l-1 {other}')
  t.equal(parsed.subject, mail.subject)
})

void t.test('an ADF attachment is the document byte for byte', async (t) => {
  for (const adf of [ADF, TOO_LONG_LINE]) {
    const { parsed } = await adfMail('attachment', adf)
    const [attachment] = parsed.attachments
    t.equal(attachment?.filename, 'lead-l-1.xml')
    t.equal(attachment?.mimeType, 'application/xml')
    t.equal(attachment?.disposition, 'attachment')
    t.equal(Buffer.from(attachment?.content as ArrayBuffer).toString('latin1'), adf)
    t.match(parsed.text, /załączniku/)
    t.notOk(parsed.html)
  }
})

void t.test('both: the body is the document, and so is the attachment', async (t) => {
  const { raw, parsed } = await adfMail('both', LONG_LINE)
  const [, body = ''] = raw.split(/Content-Transfer-Encoding: 7bit\r\n\r\n|\r\n----_NmP/).slice(1)
  t.equal(body, LONG_LINE.replaceAll('\n', '\r\n'))
  t.match(raw, /charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n\r\n<\?xml/)
  t.equal(Buffer.from(parsed.attachments[0]?.content as ArrayBuffer).toString('latin1'), LONG_LINE)
})

void t.test('an ADF document that is not ASCII is a fault of its writer', async (t) => {
  const input = { dealer: dealer(), lead: { id: '1' }, sourceName: 'x' }
  t.throws(() => composeAdfMail({ ...input, adf: '<adf>ż</adf>' }), TypeError)
})

void t.test('a mail that is only text needs no parts', async (t) => {
  const mail: ComposedMail = { subject: 'Hi', text: 'Hello' }
  const parsed = await PostalMime.parse(await buildMessage(mail, envelope))
  t.equal(parsed.text, 'Hello\n')
})
