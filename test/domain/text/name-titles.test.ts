import t from 'tap'

import { comparableName } from '../../../src/domain/text/name-titles.ts'

const SAME: Record<string, readonly string[]> = {
  'john smith': ['John Smith', 'Mr John Smith', 'MR. JOHN SMITH', 'Dr. John Smith, PhD'],
  'jan lis': ['Pan Jan Lis', 'Szanowny Pan Jan Lis', 'mgr inż. Jan Lis', 'dr hab. Jan Lis'],
  'carlos perez': ['Don Carlos Pérez', 'Sr. Carlos Pérez', 'Ing. Carlos Pérez'],
  'anna maas': ['Frau Anna Maas', 'Dr. med. Anna Maas', 'Frau Prof. Dr. Anna Maas'],
  smith: ['Mr and Mrs Smith', 'Mr. & Mrs. Smith'],
  don: ['Don', 'don'],
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
