import t from 'tap'

import {
  comparableName,
  isFormOfAddress,
  withoutSalutation
} from '../../../src/domain/text/name-titles.ts'

const SAME: Record<string, readonly string[]> = {
  'john smith': ['John Smith', 'Mr John Smith', 'MR. JOHN SMITH', 'Dr. John Smith, PhD'],
  'jan lis': ['Pan Jan Lis', 'Szanowny Pan Jan Lis', 'mgr inż. Jan Lis', 'dr hab. Jan Lis'],
  'carlos perez': ['Don Carlos Pérez', 'Sr. Carlos Pérez', 'Ing. Carlos Pérez'],
  'anna maas': ['Frau Anna Maas', 'Dr. med. Anna Maas', 'Frau Prof. Dr. Anna Maas'],
  smith: ['Mr and Mrs Smith', 'Mr. & Mrs. Smith', 'Dear Mr Smith', 'Estimado Sr. Smith'],
  don: ['Don', 'don'],
  kowalski: ['Szanowny Panie Kowalski', 'Panie Kowalski', 'Sehr geehrter Herr Kowalski'],
  'martin luther king jr': ['Rev. Martin Luther King Jr.'],
  med: ['Med'],
  '': ['', '-']
}

void t.test('titles and forms of address are no part of the name that is compared', (t) => {
  for (const [comparable, names] of Object.entries(SAME)) {
    for (const name of names) t.equal(comparableName(name), comparable, name)
  }
  t.end()
})

void t.test('the salutation of a letter is no part of a name', (t) => {
  for (const [text, name] of [
    ['Dear Mr Smith', 'Smith'],
    ['Dear Mr. and Mrs. Smith', 'Smith'],
    ['Dear Anna Smith', 'Anna Smith'],
    ['Szanowny Panie Kowalski', 'Kowalski'],
    ['Szanowna Pani Anna Kos', 'Anna Kos'],
    ['Drogi Panie Janie', 'Janie'],
    ['Sehr geehrte Frau Dr. Maas', 'Maas'],
    ['Liebe Frau Maas', 'Maas'],
    ['Guten Tag Herr Maas', 'Maas'],
    ['Estimado Sr. Pérez', 'Pérez'],
    ['Querida Sra. Pérez', 'Pérez'],
    ['Dear E Smith', 'E Smith'],
    ['Pan Jan Lis', 'Pan Jan Lis'],
    ['Mr John Smith', 'Mr John Smith'],
    ['Anna Dear', 'Anna Dear'],
    ['Dear', 'Dear'],
    ['Lieber Hans', 'Lieber Hans'],
    ['Droga Anna', 'Droga Anna'],
    ['Hola Kos', 'Hola Kos']
  ] as const) {
    t.equal(withoutSalutation(text), name, text)
  }
  for (const text of [
    ...[
      'Dear Sir',
      'Dear Sir or Madam',
      'To whom it may concern',
      'A quien corresponda',
      'Dear Customer',
      'Szanowni Państwo',
      'Szanowny Panie'
    ],
    ...[
      'Sehr geehrte Damen und Herren',
      'Liebe Kundin',
      'Estimado Sr.',
      'Estimado cliente',
      'Panie'
    ]
  ]) {
    t.equal(isFormOfAddress(text), true, text)
  }
  for (const text of ['Dear', 'Lieber', 'Kunde', 'Dear Anna', 'Don', 'Droga']) {
    t.equal(isFormOfAddress(text), false, text)
  }
  t.end()
})
