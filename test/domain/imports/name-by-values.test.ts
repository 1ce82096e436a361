import t from 'tap'

import { guessMapping } from '../../../src/domain/imports/guess-mapping.ts'

/** The fields of the columns of a list without a row of names. */
function fieldsOf(rows: readonly string[]): string {
  const cells = rows.map((row) => row.split(';'))
  const columns = (cells[0] ?? []).map((_, at) => ({
    name: `Column ${at + 1}`,
    samples: [...new Set(cells.flatMap((row) => row.slice(at, at + 1)))].slice(0, 5),
    dates: null
  }))
  const short = (field: string | null) => field?.replace('contact.', '') ?? '-'
  return guessMapping(columns, 'leads', [])
    .map(({ field }) => short(field))
    .join(' ')
}

void t.test('names of persons beside e-mails and phones are known by their values', (t) => {
  const lists: [rows: string[], fields: string][] = [
    [['Jan Kos;jan@x.example', 'Ewa Lis;ewa@x.example'], 'fullName email'],
    [['601 000 001;Jan Kos', '601 000 002;María García López'], 'phone fullName'],
    [["jan@x.example;Jan O'Brien-Kos", 'ewa@x.example;Juan de Dios'], 'email fullName'],
    [
      ['Warszawa;Jan Kos;601000001', 'Nowy Sącz;Ewa Lis;601000002', 'Gdynia;Ola Kot;601000003'],
      '- fullName phone'
    ],
    [['Иван Петров;601 000 001', 'Анна Козлова;601 000 002'], 'fullName phone'],
    [['王 小明;601 000 001', '李 小龙;601 000 002'], 'fullName phone'],
    [
      ['Jan Kos;a@x.example', 'Ewa Lis;b@x.example', 'Ola Kot;c@x.example', 'Firma 24;d@x.example'],
      'fullName email'
    ],
    [['Jan Kos;Auto Nord;kos@x.example', 'Ewa Lis;Auto Haus;lis@x.example'], 'fullName - email'],
    [['Jan Kos;Auto Nord;601 000 001', 'Ewa Lis;Auto Haus;601 000 002'], '- fullName phone']
  ]
  for (const [rows, fields] of lists) t.equal(fieldsOf(rows), fields, rows.join(' | '))
  t.end()
})

void t.test('first and last names beside each other are known by their values', (t) => {
  const lists: [rows: string[], fields: string][] = [
    [['Jan;Kos;jan@x.example', 'Ewa;Lis;ewa@x.example'], 'firstName lastName email'],
    [['Kos;Jan;601 000 001', 'Lis;Anna;601 000 002'], 'lastName firstName phone'],
    [
      ['Kos;Oktawian;oktawian.kos@x.example', 'Lis;Berenika;berenika.lis@x.example'],
      'lastName firstName email'
    ],
    [
      ['Müller;Thomas;0170 1234567;80331 München', 'Weber;Michael;0171 7654321;10115 Berlin'],
      'lastName firstName phone address.city'
    ],
    [
      ['Kos;Jan;601 000 001;31-146 Kraków', 'Lis;Anna;601 000 002;00-950 Warszawa'],
      'lastName firstName phone address.city'
    ],
    [
      ['Jan Kos;601 000 001;Toyota Yaris', 'Ewa Lis;601 000 002;Skoda Octavia'],
      'fullName phone vehicle.model'
    ],
    [
      ['Jan Kos;601 000 001;Toyota;Yaris', 'Ewa Lis;601 000 002;Skoda;Octavia'],
      'fullName phone vehicle.make vehicle.model'
    ],
    [
      ['Jan Kos;555-200-1234;12345 Main Street', 'Ann Lee;555-200-1235;54321 Oak Avenue'],
      'fullName phone -'
    ]
  ]
  for (const [rows, fields] of lists) t.equal(fieldsOf(rows), fields, rows.join(' | '))
  t.end()
})

void t.test('a vehicle in a column without a name is known beside names of persons', (t) => {
  const column = (name: string, samples: string[]) => ({ name, samples, dates: null })
  const person = [column('Name', ['Jan Kos', 'Ewa Lis']), column('Phone', ['601 000 001'])]
  const fieldOf = (more: Parameters<typeof column>[]) =>
    guessMapping([...person, ...more.map((one) => column(...one))], 'leads', []).at(-1)?.field
  t.equal(fieldOf([['Column 3', ['Kia Ceed', 'Opel Astra']]]), 'vehicle.model')
  const behindMake = [
    ['Marka', ['Kia', 'Opel']],
    ['Column 4', ['Ceed', 'Astra']]
  ] as Parameters<typeof column>[]
  t.equal(fieldOf(behindMake), 'vehicle.model')
  t.equal(fieldOf([['Column 3', ['call back', 'x']]]), null)
  t.end()
})

void t.test('values of other kinds are no names', (t) => {
  const lists: [rows: string[], fields: string][] = [
    [['Red;Blue;rot@x.example', 'Green;White;x@x.example'], '- - email'],
    [['Audi;Kia;a@x.example', 'Opel;Ford;b@x.example'], '- - email'],
    [['call me;601 000 001', 'please call today;601 000 002'], '- phone'],
    [['Toyota Yaris;601 000 001', 'Skoda Octavia;601 000 002'], '- phone'],
    [['United States;601 000 001', 'Costa Rica;601 000 002'], '- phone'],
    [['Jan Kos;x', 'Ewa Lis;y'], '- -'],
    [
      [
        'Facebook Ads;a@x.example',
        'Google Ads;b@x.example',
        'Google Ads;c@x.example',
        'Google Ads;d@x.example'
      ],
      '- email'
    ]
  ]
  for (const [rows, fields] of lists) t.equal(fieldsOf(rows), fields, rows.join(' | '))
  const named = guessMapping(
    [
      { name: 'Zzz', samples: ['Jan Kos'], dates: null },
      { name: 'Column 2', samples: ['jan@x.example'], dates: null }
    ],
    'leads',
    []
  )
  t.equal(named[0]?.field, null, 'a list with names of columns')
  t.end()
})
