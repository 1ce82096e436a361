import t from 'tap'
import type { Test } from 'tap'

import { createTestApp } from '../../../support/app.ts'
import type { TestApp, TestDealer } from '../../../support/app.ts'
import { must } from '../../../support/must.ts'
import { PATHS, sendByPaths } from '../../../support/four-paths.ts'
import type { GivenLead } from '../../../support/four-paths.ts'

/** The e-mails and phones of a lead in their order. */
type Points = readonly [emails: readonly string[], phones: readonly string[]]
type Cases = readonly (readonly [GivenLead, ...Points])[]

/** Sends the leads by each path, and compares the e-mails and phones that are stored. */
async function compare(t: Test, app: TestApp, dealer: TestDealer, cases: Cases) {
  const stored = await sendByPaths(
    t,
    app,
    dealer,
    cases.map(([given]) => given)
  )
  for (const [index, [given, emails, phones]] of cases.entries()) {
    for (const path of PATHS) {
      const { email, otherEmails, phone, otherPhones } = must(stored[index])[path].lead.contact
      const found = [
        [email, ...otherEmails].filter((one) => one !== null),
        [phone, ...otherPhones.map(({ number }) => number)].filter((one) => one !== null)
      ]
      t.strictSame(found, [emails, phones], `${path}: ${JSON.stringify(given)}`)
    }
  }
}

const quoted = (own: string, introduction: string, below: string) =>
  `${own}\n\n${introduction}\n> ${below}\n${below}`

void t.test(
  'the message is searched where the fields hold neither an e-mail nor a number',
  { timeout: 120_000 },
  async (t) => {
    const app = await createTestApp(t)
    const dealer = await app.createDealer()
    const profile = {
      email: 'info@salon-kos.example',
      phone: '+48 22 511 20 30',
      url: 'https://www.salon-kos.example/auta'
    }
    const changed = await dealer.admin('PATCH', '/v1/dealer', profile)
    t.equal(changed.status, 200, changed.text)
    await dealer.withUser({ email: 'anna.seller@gmail.com' })

    await compare(t, app, dealer, [
      [{ email: 'asdf', phone: '-', message: 'Mój numer 662 310 001' }, ['asdf'], ['+48662310001']],
      [
        { email: 'x', phone: 'see message', message: 'Write to ola1@points.example' },
        ['ola1@points.example'],
        ['see message']
      ],
      [{ phone: 'call me', message: '662 310 002 after 5' }, [], ['+48662310002']],
      [{ phone: '000000000', message: 'tel. 662310003' }, [], ['+48662310003', '000000000']],
      [
        { email: 'ola4@points.example', phone: 'w wiadomości', message: 'tel. 662310004' },
        ['ola4@points.example'],
        ['+48662310004']
      ],
      [
        { email: 'nie mam konta', phone: '662310005', message: 'a może ola5@points.example' },
        ['ola5@points.example'],
        ['+48662310005']
      ],
      [
        { email: 'józef@points', phone: '?', message: '*ola6@points.example*' },
        ['ola6@points.example', 'józef@points'],
        []
      ],
      [
        { email: 'ola7@points.example', phone: '662310007', message: '+48 662 310 999 is my wife' },
        ['ola7@points.example'],
        ['+48662310007']
      ]
    ])

    await t.test(
      'what is the dealer’s own or stands in an earlier message is not taken',
      async (t) => {
        await compare(t, app, dealer, [
          [
            { phone: 'brak?', message: 'I wrote to sales@salon-kos.example, call 662 310 101' },
            [],
            ['+48662310101']
          ],
          [
            {
              phone: 'zob. niżej',
              message: 'Anna.Seller@gmail.com nie odpisuje, ola102@gmail.com'
            },
            ['ola102@gmail.com'],
            ['zob. niżej']
          ],
          [
            { phone: 'jak niżej', message: 'Dzwoniłem na 22 5112030. Ola, 662 310 103' },
            [],
            ['+48662310103']
          ],
          ...[
            'On Mon, Nov 30, 2026 at 9:00 AM Sales <s@other.example> wrote:',
            'W dniu 30.11.2026 o 09:00, Salon <s@other.example> pisze:',
            'pon., 30 lis 2026 o 09:00 Salon <s@other.example>\nnapisał(a):',
            'El lun, 30 nov 2026 a las 9:00, Ventas (<s@other.example>) escribió:',
            'Am 30.11.2026 um 09:00 schrieb Autohaus:',
            '-----Original Message-----',
            'From: Sales <s@other.example>\nSent: Monday, November 30, 2026',
            'Von: Autohaus <s@other.example>\nGesendet: Montag'
          ].map((introduction, at): Cases[number] => [
            {
              phone: 'siehe unten',
              message: quoted(
                `ola11${at}@points.example`,
                introduction,
                'tel. 22 511 44 55 a@b.example'
              )
            },
            [`ola11${at}@points.example`],
            ['siehe unten']
          ])
        ])
        const alone = {
          source: 'website',
          contact: { fullName: 'Jan Kos' },
          message: 'I wrote to sales@salon-kos.example'
        }
        const refused = await dealer.admin('POST', '/v1/leads', alone)
        t.equal(refused.status, 422, 'nothing of the person is known')
      }
    )
  }
)

void t.test(
  'an e-mail is read out of the marks around it on every path',
  { timeout: 120_000 },
  async (t) => {
    const app = await createTestApp(t)
    const dealer = await app.createDealer()
    const forms = [
      ...['=~', "'~", '`~`', '´~´', '1. ~', '1) ~', '• ~', '~?subject=Hi', '~?subject=Hi to you'],
      ...[
        '<mailto:~>',
        '„~”',
        '‚~‘',
        '‹~›',
        '«~»',
        '「~」',
        '“~”',
        "''~''",
        '{~}',
        '[~](mailto:~)'
      ],
      ...['*~*', '="~"', '=HYPERLINK("mailto:~","~")', '&quot;~&quot;', '`mailto:~?body=x`'],
      ...['e-mail=~', '<a href="mailto:~?subject=Hi">~</a>', '# ~']
    ]
    await compare(
      t,
      app,
      dealer,
      forms.map((form, at) => {
        const address = `una${at}@marks.example`
        return [{ email: form.replaceAll('~', address) }, [address], []]
      })
    )
  }
)
