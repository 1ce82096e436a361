import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { must } from '../../../support/must.ts'
import { sendByPaths } from '../../../support/four-paths.ts'
import type { GivenLead, Stored } from '../../../support/four-paths.ts'

/** What a lead has of what was given, and the codes of what is told of it. */
interface Right {
  name?: string | null
  email?: string | null
  phone?: string | null
  city?: string | null
  country?: string | null
  sentAt?: string | null
  condition?: string | null
  make?: string | null
  /** Null: the paths differ. */
  told?: string[] | null
}

type Case = readonly [given: GivenLead, right: Right]

/** A kind of input by the country of the dealer, and several of the kind. */
interface Kind {
  kind: string
  country: 'PL' | 'US' | 'ES' | 'DE'
  cases: readonly Case[]
}

const PHONE = ['repaired_phone']
const EMAIL = ['repaired_email']

/** A phone and its E.164, told as repaired. */
const phones = (pairs: Readonly<Record<string, string>>, told: string[] = PHONE): Case[] =>
  Object.entries(pairs).map(([phone, right]) => [{ phone }, { phone: right, told }])

/** An e-mail as given, and the address. */
const emails = (pairs: Readonly<Record<string, string>>, told: string[] = EMAIL): Case[] =>
  Object.entries(pairs).map(([email, right]) => [{ email }, { email: right, told }])

/** An e-mail that stays as given; without a phone beside it a row of a list would also be told as held. */
const unread = (texts: readonly string[]): Case[] =>
  texts.map((email, index) => [
    { email, phone: `66210${1000 + 10 * email.length + index}` },
    { email, told: ['unreadable_value'] }
  ])

/** The same number in each way of writing it. */
const KINDS: Kind[] = [
  {
    kind: 'P01: signs that nobody sees, around and within a number',
    country: 'PL',
    cases: phones({
      '\u2066+48 662 100 001\u2069': '+48662100001',
      '\u202d662 100 002\u202c': '+48662100002',
      '\u200e662100004': '+48662100004'
    })
  },
  {
    kind: 'P03, P04: labels before a number',
    country: 'US',
    cases: phones({
      'tel:+1-408-555-2101': '+14085552101',
      'callto:+14085552102': '+14085552102',
      'p:+14085552103': '+14085552103',
      'Cell: 408-555-2104': '+14085552104',
      'Mobile (408) 555 2105': '+14085552105'
    })
  },
  {
    kind: 'P06: the 1 of old Mexican mobiles',
    country: 'US',
    cases: phones({ '+52 1 33 2345 6101': '+523323456101', '+5215523456102': '+525523456102' })
  },
  {
    kind: 'P07: Argentina with 9 and 15',
    country: 'ES',
    cases: [
      [{ phone: '+54 11 15 3456-7101' }, { phone: '+5491134567101' }],
      [{ phone: '+54 9 11 3456-7102' }, { phone: '+5491134567102' }]
    ]
  },
  {
    kind: 'P08: trunk zeros',
    country: 'DE',
    cases: [
      [{ phone: '+49 (0) 171 3456101' }, { phone: '+491713456101' }],
      [{ phone: '0171 / 3456102' }, { phone: '+491713456102' }],
      [{ phone: '+48 (0) 662 100 103' }, { phone: '+48662100103', told: PHONE }],
      [{ phone: '0044 (0)20 7946 0104' }, { phone: '+442079460104' }]
    ]
  },
  {
    kind: 'P09: extensions in the words of four languages',
    country: 'PL',
    cases: phones({
      '+34 915 116 103 ext. 7': '+34915116103',
      '+34 915 116 104 extensión 9': '+34915116104',
      '+34 915 116 107 anexo 22': '+34915116107',
      '+1 408 555 2106 x77': '+14085552106',
      '+1 408 555 2107 #22': '+14085552107',
      '+1 408 555 2108;22': '+14085552108',
      '22 511 61 01 wew. 14': '+48225116101',
      '22 511 61 02 wewn 3': '+48225116102',
      '+49 30 5116105 Durchwahl 2': '+49305116105'
    })
  },
  {
    kind: 'P10, I18: numbers that went through a table',
    country: 'PL',
    cases: phones({
      '662100201.0': '+48662100201',
      '662100202,00': '+48662100202',
      "'662100204": '+48662100204',
      '="662100205"': '+48662100205',
      '6.62100206E+08': '+48662100206'
    })
  },
  {
    kind: 'P01, P09, P10: forms that need no repair',
    country: 'PL',
    cases: phones(
      {
        '\ufeff+48662100005': '+48662100005'
      },
      []
    )
  },
  {
    kind: 'P11: letters of the keypad',
    country: 'US',
    cases: phones({ '1-877-KIA-CARS': '+18775422277', '(888) GO-MOTOR': '+18884666867' })
  },
  {
    kind: 'P13: the country of the person',
    country: 'PL',
    cases: [
      [
        { phone: '(415) 555-2301', country: 'US' },
        { phone: '+14155552301', country: 'US' }
      ],
      [
        { phone: '0171 3456302', country: 'Deutschland' },
        { phone: '+491713456302', country: 'DE' }
      ]
    ]
  },
  {
    kind: 'two numbers in one field',
    country: 'PL',
    cases: [
      [{ phone: '662 100 301 / 22 511 63 01' }, { phone: '+48662100301', told: ['split_values'] }],
      [{ phone: '662 100 302, 662 100 303' }, { phone: '+48662100302', told: ['split_values'] }]
    ]
  },
  {
    kind: 'E01, E02, E05: what clings to an e-mail',
    country: 'PL',
    cases: emails({
      'ola\u200b@kinds.example': 'ola@kinds.example',
      '\u2060iza@kinds.example\ufeff': 'iza@kinds.example',
      'mailto:ula@kinds.example': 'ula@kinds.example',
      'Eryk Lis <eryk@kinds.example>': 'eryk@kinds.example',
      'ada@kinds.example.': 'ada@kinds.example',
      'leo@kinds.example;': 'leo@kinds.example',
      'd’arcy@kinds.example': "d'arcy@kinds.example",
      'max＠kinds.example': 'max@kinds.example'
    })
  },
  {
    kind: 'an e-mail that a blank or comma tears stays as it is',
    country: 'PL',
    cases: unread([
      'pat j@kinds.example',
      'Pat j@kinds.example',
      'j smith@kinds.example',
      'anna. maria@kinds.example',
      'anna .k@kinds.example',
      'jan,kos@kinds.example',
      'jan;kos@kinds.example',
      'john johnson@kinds.example',
      'tom@kinds.example c'
    ])
  },
  {
    kind: 'E04: an e-mail in other spellings of its signs',
    country: 'PL',
    cases: emails({
      'una[at]kinds.example': 'una@kinds.example',
      'una2 (at) kinds [dot] example': 'una2@kinds.example',
      'una3%40kinds.example': 'una3@kinds.example',
      'una4&#64;kinds.example': 'una4@kinds.example',
      'SMTP:una5@kinds.example': 'una5@kinds.example',
      'una6@kinds。example': 'una6@kinds.example',
      'una7@kinds,com': 'una7@kinds.com',
      'una8@gmailcom': 'una8@gmail.com',
      'una9@@kinds.example': 'una9@kinds.example',
      'una10@kinds..example': 'una10@kinds.example',
      'my mail is una11@kinds.example': 'una11@kinds.example',
      'Ula Kos ula.kos@kinds.example': 'ula.kos@kinds.example',
      'Kos, Ula <u.kos2@kinds.example>': 'u.kos2@kinds.example'
    })
  },
  {
    kind: 'E04: an address with another one in it is not guessed',
    country: 'PL',
    cases: unread(['ida@kindsexample', 'józef@kinds.example'])
  },
  {
    kind: 'an e-mail and a phone in one field',
    country: 'PL',
    cases: [
      'jo1@kinds.example/662 100 421',
      '662 100 421/jo1@kinds.example',
      'jo1@kinds.example662100421',
      'jo1@kinds.example; 662100421'
    ].map((email, index): Case => {
      const [own, number] = [email.replace('jo1', `jo1${index}`), `66210042${index}`]
      return [
        { email: own.replace('662 100 421', number).replace('662100421', number) },
        {
          email: `jo1${index}@kinds.example`,
          phone: `+48${number}`,
          told: ['moved_to_phone', 'split_values']
        }
      ]
    })
  },
  {
    kind: 'P02: digits of other scripts',
    country: 'PL',
    cases: phones({
      '+४८ ६६२ १०० ४३१': '+48662100431',
      '๖๖๒ ๑๐๐ ๔๓๒': '+48662100432',
      '٦٦٢١٠٠٤٣٣': '+48662100433',
      '６６２１００４３４': '+48662100434'
    })
  },
  {
    kind: 'a number that can’t be read stays as it is',
    country: 'PL',
    cases: [[{ phone: '12 34 56 7' }, { phone: '12 34 56 7', told: ['unreadable_value'] }]]
  },
  {
    kind: 'a vehicle without a condition has none',
    country: 'PL',
    cases: [
      [
        { phone: '662100441', make: 'Kia' },
        { make: 'Kia', condition: null, told: [] }
      ]
    ]
  },
  {
    kind: 'A05: an e-mail in the field of the phone, and the reverse',
    country: 'PL',
    cases: [
      [{ phone: 'nina@kinds.example' }, { email: 'nina@kinds.example', told: ['moved_to_email'] }],
      [{ email: '662 100 401' }, { phone: '+48662100401', told: ['moved_to_phone'] }]
    ]
  },
  {
    kind: 'an e-mail or phone in the message alone',
    country: 'PL',
    cases: [
      [
        { name: 'Leon', message: 'Call 662 100 451 after five, offer 2026/11/20' },
        { phone: '+48662100451', told: ['found_in_text'] }
      ],
      [
        { name: 'Lena', message: 'Please write to lena@kinds.example.' },
        { email: 'lena@kinds.example', told: ['found_in_text'] }
      ]
    ]
  },
  {
    kind: 'A19, J01: texts for nothing',
    country: 'PL',
    cases: [
      ...['null', 'undefined', 'N/A', 'Not specified', '-', 'brak', 'sin nombre'].map(
        (name, index): Case => [
          { name, phone: `66210050${index}` },
          { name: null, phone: `+4866210050${index}`, told: ['absent_value'] }
        ]
      ),
      [
        {
          name: '  ',
          email: '',
          phone: '662100511',
          city: ' ',
          country: '',
          condition: '',
          sentAt: ''
        },
        {
          name: null,
          email: null,
          phone: '+48662100511',
          city: null,
          condition: null,
          sentAt: null
        }
      ],
      [
        { phone: '662100512', city: 'n/a', make: 'undefined' },
        // In a document they are as good as empty elements.
        { phone: '+48662100512', city: null, make: null, told: null }
      ]
    ]
  },
  {
    kind: 'M03: marks that are letters stay',
    country: 'PL',
    cases: [
      [
        { name: 'किरण राव', phone: '662100601' },
        { name: 'किरण राव', phone: '+48662100601' }
      ],
      [
        { name: 'ガルシア', phone: '662100602' },
        { name: 'ガルシア', phone: '+48662100602' }
      ]
    ]
  },
  {
    kind: 'A13, I04: times as programs write them',
    country: 'PL',
    cases: [
      [{ phone: '662100701', sentAt: '2026-10-20T18:07' }, { sentAt: '2026-10-20T16:07:00.000Z' }],
      [
        { phone: '662100702', sentAt: '2026-11-20 14:05:11' },
        { sentAt: '2026-11-20T13:05:11.000Z' }
      ],
      [
        { phone: '662100703', sentAt: '2026-11-20T08:00:00-05:00' },
        { sentAt: '2026-11-20T13:00:00.000Z' }
      ],
      [{ phone: '662100704', sentAt: '20.11.2026 15:45' }, { sentAt: '2026-11-20T14:45:00.000Z' }],
      [{ phone: '662100705', sentAt: '2026-11-20 3:45 PM' }, { sentAt: '2026-11-20T14:45:00.000Z' }]
    ]
  },
  {
    kind: 'a digit too many makes no number, here or abroad',
    country: 'PL',
    cases: [
      ...['662 100 901 89', '662-100-902-8', '8 (495) 662-10-90', '66210090389'].map(
        (phone): Case => [{ phone }, { phone, told: ['unreadable_value'] }]
      )
    ]
  },
  {
    kind: 'amounts of a spreadsheet, times of day and marks beside a number',
    country: 'PL',
    cases: phones({
      '662,100,911.00': '+48662100911',
      '662 100 912,00': '+48662100912',
      '662 100 913 po 17:00': '+48662100913',
      '662 100 914 od 9 do 17': '+48662100914',
      '662 100 915?': '+48662100915',
      '662 100 916!': '+48662100916',
      '662 100 917 (Jan)': '+48662100917'
    })
  },
  {
    kind: 'an e-mail or phone in the field of a name, also beside others',
    country: 'PL',
    cases: [
      [
        { name: 'Jan Kos 662 100 921', email: 'jan921@kinds.example' },
        {
          name: 'Jan Kos',
          email: 'jan921@kinds.example',
          phone: '+48662100921',
          told: ['moved_to_phone']
        }
      ],
      [
        { name: 'Jan Kos (tel. 662 100 924)', email: 'jan924@kinds.example' },
        { name: 'Jan Kos', phone: '+48662100924', told: ['moved_to_phone'] }
      ],
      [
        { name: 'Jan Kos jan922@kinds.example', phone: '662 100 922' },
        { name: 'Jan Kos', email: 'jan922@kinds.example', told: ['moved_to_email'] }
      ],
      [
        { name: 'jan923@kinds.example', email: 'jan923@kinds.example' },
        { name: null, email: 'jan923@kinds.example', told: ['moved_to_email'] }
      ]
    ]
  },
  {
    kind: 'references of HTML in short texts',
    country: 'PL',
    cases: [
      [
        {
          phone: '662100931',
          name: 'Tom &amp; Iga S&oacute;l',
          city: '&#321;&oacute;d&#378;',
          make: 'Citro&euml;n'
        },
        {
          name: 'Tom & Iga Sól',
          city: 'Łódź',
          make: 'Citroën',
          told: ['html_text', 'html_text', 'html_text']
        }
      ],
      [{ phone: '662&nbsp;100&nbsp;932' }, { phone: '+48662100932', told: PHONE }]
    ]
  },
  {
    kind: 'choices by their synonyms',
    country: 'PL',
    cases: [
      ...['used', 'USED', 'Pre-owned', 'używany', 'gebraucht', 'usado'].map(
        (condition, index): Case => [
          { phone: `66210080${index}`, condition, make: 'Kia' },
          { condition: 'used', make: 'Kia' }
        ]
      ),
      [{ phone: '662100811', condition: 'Nowy', make: 'Kia' }, { condition: 'new' }]
    ]
  }
]

// Some 90 leads a path: more than the usual half a minute on a busy machine.
void t.test(
  'each kind of input is the same lead by JSON, form, ADF and list',
  { timeout: 180_000 },
  async (t) => {
    const app = await createTestApp(t)
    for (const country of ['PL', 'US', 'ES', 'DE'] as const) {
      const dealer = await app.createDealer()
      const currency = country === 'US' ? 'USD' : 'EUR'
      const place = await dealer.admin('PATCH', '/v1/dealer', { country, currency })
      t.equal(place.status, 200, place.text)
      const all = KINDS.filter((one) => one.country === country).flatMap(({ kind, cases }) =>
        cases.map(([given, right]) => ({ kind, given, right }))
      )
      const stored = await sendByPaths(
        t,
        app,
        dealer,
        all.map(({ given }) => given)
      )
      for (const [index, { kind, given, right }] of all.entries()) {
        const { told = [], ...members } = right
        const { json, form, adf, list } = must(stored[index])
        const title = `${country}, ${kind}: ${JSON.stringify(given)}`
        const found = shownOf(json.lead)
        t.strictSame({ ...found, ...members }, found, title)
        for (const [path, { lead }] of Object.entries({ form, adf, list })) {
          t.strictSame(
            [shownOf(lead), lead.contact],
            [found, json.lead.contact],
            `${title}, ${path}`
          )
        }
        if (told !== null) {
          const all = [json.told, form.told, adf.told, list.told]
          t.strictSame(all, [told, told, told, told], `${title}, told`)
        }
      }
    }
  }
)

function shownOf({ contact, submittedAt, vehicles }: Stored['lead']) {
  return {
    name: contact.fullName,
    email: contact.email,
    phone: contact.phone,
    city: contact.address?.city ?? null,
    country: contact.address?.country ?? null,
    sentAt: submittedAt === null ? null : new Date(submittedAt).toISOString(),
    condition: vehicles[0]?.condition ?? null,
    make: vehicles[0]?.make ?? null
  }
}
