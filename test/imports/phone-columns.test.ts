import t from 'tap'

import { readList } from './read-list.ts'

type Country = Parameters<typeof readList>[1]

/** Lists with one row, by the numbers of their person. */
const LISTS: [Country, string, string[]][] = [
  ['PL', 'Name;Country code;Phone\nJan;+49;30 1234567', ['+49301234567']],
  ['PL', 'Name,phone,phone_full\nJan,55 1234 5678,+52 55 1234 5678', ['+525512345678']],
  [
    'PL',
    'Name;Telefon;Telefon (international)\nJan;0151 23456789;+49 151 23456789',
    ['+4915123456789']
  ],
  ['PL', 'Name,Mobile country code,Mobile\nJan,52,55 1234 5678', ['+525512345678']],
  ['PL', 'Nazwisko;Kierunkowy;Telefon\nJan;22;123 45 67', ['+48221234567']],
  [
    'DE',
    'Name;Vorwahl;Rufnummer;Handy\nJan;030;1234567;0171 2345678',
    ['+49301234567', '+491712345678']
  ],
  ['DE', 'Name;Telefon;Durchwahl\nJan;+49 30 123456;12', ['+493012345612']],
  [
    'ES',
    'Nombre;Prefijo;Teléfono;Móvil\nJan;91;123 45 67;612 345 678',
    ['+34911234567', '+34612345678']
  ],
  ['US', 'Name,Area Code,Phone Number\nJan,585,297-6411', ['+15852976411']],
  ['US', 'Name,Area Code,Phone Number\nJan,585,585-297-6411', ['+15852976411']],
  [
    'US',
    'Name,Home Area Code,Home Phone,Work Area Code,Work Phone\nJan,585,297-6411,607,272-1234',
    ['+15852976411', '+16072721234']
  ],
  ['US', 'Name,Phone Area,Phone Exchange,Phone Line\nJan,585,297,6411', ['+15852976411']],
  ['US', 'Name,Phone 1,Phone 2,Phone 3\nJan,585,297,6411', ['+15852976411']],
  [
    'PL',
    'Name;Mobile country code;Mobile;Work country code;Work phone\nJan;+49;151 23456789;+48;22 123 45 67',
    ['+4915123456789', '+48221234567']
  ]
]

void t.test('parts of a phone in columns of their own are one number', async (t) => {
  for (const [country, file, numbers] of LISTS) {
    const { rows } = await readList(file, country)
    t.strictSame(
      rows[0]?.content.contact.phones.map(({ number }) => number),
      numbers,
      file
    )
  }
})

void t.test('an extension is kept with its number', async (t) => {
  for (const name of ['Extension', 'Ext.', 'Wewnętrzny', 'Interno']) {
    const { fields, rows } = await readList(`Name,Phone,${name}\nJan,585-297-6411,12\n`, 'US')
    t.equal(fields[name], 'contact.phoneExtension')
    t.match(rows[0]?.content.contact.phones, [
      { number: '+15852976411', raw: '585-297-6411 ext. 12', valid: true }
    ])
  }
})

void t.test('labels beside phones are their types', async (t) => {
  const file = [
    'First Name,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value',
    'Ewa,ewa@labels.example,Work Fax,22 601 23 45,* Mobile,601 234 567',
    'Jan,jan@labels.example,Home ::: Work,22 601 23 46 ::: 22 601 23 47,,'
  ].join('\n')
  const { rows } = await readList(file)
  t.strictSame(
    rows.map(({ content }) => content.contact.phones.map(({ number, type }) => [number, type])),
    [
      [
        ['+48601234567', 'mobile'],
        ['+48226012345', 'fax']
      ],
      [
        ['+48226012346', 'home'],
        ['+48226012347', 'work']
      ]
    ]
  )
})
