import PostalMime from 'postal-mime'
import t from 'tap'

import { buildMessage } from '../../src/mail/build-message.ts'
import { issueSecret } from '../../src/security/credentials.ts'
import { maskSecrets } from '../../src/security/mask-secrets.ts'
import { signLink } from '../../src/security/signed-links.ts'

const DEALER = '01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e'
const page = signLink('s'.repeat(32), 'lead', {
  dealerId: DEALER,
  id: DEALER,
  reader: { kind: 'user', id: DEALER },
  expiresAt: new Date('2027-01-01T00:00:00Z')
})
const [invitation, promoter, calendar, unsubscribe] = (['li_', 'lp_', 'lc_', 'lu_'] as const).map(
  (kind) => issueSecret(kind, DEALER).text
)
const SECRETS = [page, invitation, promoter, calendar, unsubscribe].map(String)

const lines = [
  `Open: https://leads.example/l/${page} within 30 days, or come by and ask for it.`,
  `Join: https://dealer.test/join?x=1&invitation=${invitation} (1 = one).`,
  `Page: https://leads.example/v1/promoter-page/${promoter}.`,
  `Calendar: https://leads.example/v1/calendars/${calendar}.ics`,
  `Leave: https://leads.example/u/${unsubscribe}`
]
const HTML = lines.map((line) => `<p title="é = 1">${line}</p>`).join('')

/** What a reader gets of a message. */
async function contentsOf(raw: string): Promise<string> {
  const { subject, text, html, attachments } = await PostalMime.parse(raw)
  const attached = attachments.map(({ content }) =>
    typeof content === 'string' ? content : Buffer.from(new Uint8Array(content)).toString('utf8')
  )
  return [subject, text, html, ...attached].join('\n')
}

for (const [encoding, greeting] of [
  ['quoted-printable', 'Hello Zoë'],
  ['base64', 'Зустріч щодо автомобіля відбудеться у вівторок. '.repeat(40)]
] as const) {
  void t.test(`secrets are masked in parts of ${encoding}`, async (t) => {
    const built = await buildMessage(
      {
        subject: 'A lead',
        text: [greeting, ...lines, greeting].join('\n'),
        html: `<p>${greeting}</p>${HTML}`,
        attachments: [
          { filename: 'a.ics', contentType: 'text/calendar', content: lines.join('\r\n') }
        ]
      },
      {
        from: { name: 'Leadyard', address: 'noreply@leads.example' },
        to: { name: 'Anna', address: 'anna@dealer.test' },
        messageId: '<1@leads.example>',
        date: new Date('2026-11-23T12:00:00Z'),
        unsubscribeUrl: `https://leads.example/u/${unsubscribe}`
      }
    )
    const raw = built.toString('utf8')
    t.match(raw, `Content-Transfer-Encoding: ${encoding}`)
    const before = await contentsOf(raw)
    for (const secret of SECRETS) t.ok(before.includes(secret))

    const masked = maskSecrets(raw, 'all')
    for (const secret of SECRETS) t.notOk(masked.includes(secret))
    const expected = SECRETS.reduce((text, secret) => {
      const kind = /^l[icpu]_/.exec(secret)?.[0] ?? ''
      return text.replaceAll(secret, `${kind}***`)
    }, before)
    // An unsubscribe link is an address and a secret.
    t.equal(await contentsOf(masked), expected.replaceAll('/u/lu_***', '/u/***'))
    t.ok(masked.split('\r\n').every((line) => line.length <= 200))

    const own = await contentsOf(maskSecrets(raw, 'promoters'))
    t.ok(own.includes(page))
    t.notOk(own.includes(String(invitation)) || own.includes(String(promoter)))
  })
}
