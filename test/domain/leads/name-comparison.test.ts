import t from 'tap'

import { compareNames } from '../../../src/domain/leads/name-comparison.ts'
import type { NameVerdict } from '../../../src/domain/leads/name-comparison.ts'
import type { Contact } from '../../../src/domain/leads/lead.ts'
import { contact } from '../../support/builders.ts'

/** `Ann|Marie|Lee`: in parts. Without a bar: a whole name. Nothing: none. */
function named(written: string): Contact {
  const parts = written.split('|').map((part) => (part === '' ? null : part))
  const [first = null, middleName = null, lastName = null] = parts
  return parts.length === 1
    ? contact({ fullName: first })
    : contact({ firstName: first, middleName, lastName })
}

const CASES: Readonly<Record<NameVerdict, readonly (readonly [string, string])[]>> = {
  same: [
    ['Ann||Lee', 'Ann Lee'],
    ['Ann||Lee', 'LEE ANN'],
    ['John|Allen|Moss', 'John Allen Moss'],
    ['Mr||Moss', 'mr moss'],
    ['Mr John Moss', 'John||Moss'],
    ['Pan Jan Lis', 'Jan Lis'],
    ['Don||Moss', 'Don Moss'],
    ['Jürgen||Böhm', 'Juergen Boehm'],
    ['Jurgen||Bohm', 'Jürgen Böhm'],
    ['Søren||Kjær', 'Soeren Kjaer'],
    ['Åge||Ågård', 'Aage Aagaard'],
    ['Иван||Петров', 'Ivan Petrov'],
    ['Νίκος||Παππάς', 'Nikos Pappas'],
    ['Ewa||Lis-Nowak', 'Ewa LisNowak'],
    ['María José||Gil', 'Mariajose Gil'],
    ['Ana||De la Cruz', 'Ana Dela Cruz'],
    ['किरण||शर्मा', 'किरण शर्मा']
  ],
  nameless: [['', '']],
  variant: [
    ['John A.||Moss', 'John Moss'],
    ['John|Allen|Moss', 'John||Moss'],
    ['María José||García López', 'Maria Jose Garcia'],
    ['Ana||García López', 'Ana||Lopez'],
    ['Ewa||Lis-Nowak', 'Ewa||Nowak'],
    ['Marysia||Lis', 'Maria||Lis'],
    ['Tomek||Lis', 'Lis Tomasz'],
    ['John Moss', 'John Moss Jr.'],
    ['Bob||Moss', 'Robert Moss'],
    ['Pepe||Gil', 'José Gil Ruiz'],
    ['Käthe||Kern', 'Katharina Kern'],
    ['Chema||Gil', 'José María Gil'],
    ['Сергей||Иванов', 'Siergiej Iwanow'],
    ['Юлия||Щербакова', 'Julia Shcherbakova'],
    ['Дмитрий||Жуков', 'Dmitry Zhukov'],
    ['Наталья||Ким', 'Natalia Kim']
  ],
  initial: [
    ['M.||Lis', 'Maria||Lis'],
    ['M. Lis', 'Maria Lis'],
    ['J. A. Moss', 'John Moss'],
    ['Tomasz N.', 'Tomasz Nowak']
  ],
  unknown: [
    ['', 'Ann Lee'],
    ['||Lee', 'Ann Lee'],
    ['Ann||', 'Ann Lee'],
    ['Ann', 'Ann Lee'],
    ['Tomek', 'Tomasz'],
    ['Tomek', 'Tomasz Lis'],
    ['Mr||Lee', 'Mrs Lee'],
    ['M. L.', 'Maria Lis'],
    ['Ann||', '||Lee']
  ],
  'word-differs': [
    ['Jan', 'Anna'],
    ['Jan', 'Anna Nowak'],
    ['Ann||', 'Bob']
  ],
  'last-differs': [
    ['Ann||Lee', 'Ann||Ross'],
    ['Ann Lee', 'Ann Ross'],
    ['John A.||Miller', 'John Millar'],
    ['||Ross', 'Ann Lee']
  ],
  'first-differs': [
    ['Ann||Lee', 'Bob Lee'],
    ['Jan||Lis', 'Janina||Lis'],
    ['Alexander||Moss', 'Alexandra||Moss'],
    ['María José||Gil', 'María Luisa||Gil'],
    ['John|Allen|Moss', 'John|Adam|Moss'],
    ['Joe||Moss', 'Jo||Moss'],
    ['किरण||शर्मा', 'करण||शर्मा'],
    ['Ann||', 'Bob||'],
    ['John Moss Sr.', 'John Moss Jr.'],
    ['John||Moss II', 'John Moss III'],
    ['Jan Lis senior', 'Jan Lis junior'],
    ['Иван||Петров', 'Igor Petrov']
  ],
  differ: [['Ann||Lee', 'Bob Ross']]
}

void t.test('two names give one verdict, from either side', async (t) => {
  for (const [verdict, pairs] of Object.entries(CASES)) {
    for (const [one, other] of pairs) {
      const compared = compareNames(named(one), named(other))
      t.equal(compared.verdict, verdict, `${one} and ${other}`)
      t.strictSame(compareNames(named(other), named(one)), compared, `${other} and ${one}`)
    }
  }
})

void t.test('first and last names are told apart: same, similar or different', async (t) => {
  for (const [one, other, first, last] of [
    ['Ann||Lee', 'Ann Ross', 'same', 'different'],
    ['Tomek||Lis', 'Tomasz||Lis', 'similar', 'same'],
    ['Ana||García López', 'Ana García', 'same', 'similar'],
    ['||Lee', 'Ann Lee', null, 'same'],
    ['Bob||Lee', 'Ann Lee', 'different', 'same']
  ] as const) {
    const compared = compareNames(named(one), named(other))
    t.strictSame([compared.first, compared.last], [first, last], `${one} and ${other}`)
  }
})
