import t from 'tap'
import type { Test } from 'tap'

import { createTestApp } from '../../../support/app.ts'
import type { Caller } from '../../../support/response.ts'

/** `Ann|Lee`: in parts. Without a bar: a whole name. */
function named(written: string): object {
  const [firstName = '', lastName] = written.split('|')
  return lastName === undefined ? { fullName: firstName } : { firstName, lastName }
}

let count = 0

/** Posts both as leads with one e-mail, or phone, and returns what the second says of the first. */
async function matchOf(
  t: Test,
  call: Caller,
  [one, other]: readonly [string, string],
  by: 'email' | 'phone'
) {
  count += 1
  const point =
    by === 'email'
      ? { email: `m${count}@names.example` }
      : { phone: `66230${String(1000 + count)}` }
  const post = async (name: string, make: string) => {
    const lead = {
      source: 'website',
      contact: { ...named(name), ...point },
      vehicles: [{ interest: 'buy', make }]
    }
    const posted = await call('POST', '/v1/leads', lead)
    t.equal(posted.status, 201, name)
    return posted.body
  }
  const first = await post(one, 'Kia')
  const second = await post(other, 'Opel')
  const listed = await call('GET', `/v1/leads/${second.id}/matches`)
  t.equal(listed.status, 200)
  const captured = second.matches.find(({ id }: { id: string }) => id === first.id) ?? null
  const shown = listed.body.data.find(({ id }: { id: string }) => id === first.id) ?? null
  return { captured, shown, second }
}

/** Ways to write one person's name; each pair is a match at capture. */
const ONE_PERSON: readonly (readonly [string, string])[] = [
  ['Peter J.|Hale', 'Peter|Hale'],
  ['Peter James|Hale', 'Peter Hale'],
  ['Lucía Inés|Ortega Vidal', 'Lucia Ines Ortega'],
  ['Lucía|Ortega Vidal', 'Lucía Vidal'],
  ['Juan Carlos|Ruiz', 'Juan Ruiz'],
  ['K. Wrona', 'Karolina Wrona'],
  ['Karolina|W.', 'Karolina|Wrona'],
  ['Marysia|Wrona', 'Maria|Wrona'],
  ['Kasia Wrona', 'Katarzyna Wrona'],
  ['Gosia|Wrona', 'Małgorzata|Wrona'],
  ['Tomek Wrona', 'Tomasz Wrona'],
  ['Bill|Hale', 'William|Hale'],
  ['Liz Hale', 'Elizabeth Hale'],
  ['Pepe|Ortega', 'José|Ortega'],
  ['Paco Ortega', 'Francisco Ortega'],
  ['Hans|Brandt', 'Johannes|Brandt'],
  ['Jürgen|Brandt', 'Juergen|Brandt'],
  ['Jürgen Brandt', 'Jurgen Brandt'],
  ['Łukasz|Dąbek', 'Lukasz|Dabek'],
  ['Dr. Anke Brandt', 'Anke Brandt'],
  ['Prof. Dr. Anke Brandt', 'Anke|Brandt'],
  ['Frau Anke Brandt', 'Anke Brandt'],
  ['Herr Hans Brandt', 'Hans Brandt'],
  ['Pan Łukasz Dąbek', 'Łukasz|Dąbek'],
  ['Pani mgr inż. Ewa Dąbek', 'Ewa Dąbek'],
  ['Don Luis Ortega', 'Luis|Ortega'],
  ['Doña Inés Ortega', 'Inés Ortega'],
  ['Mrs. Joan Hale', 'Joan|Hale'],
  ['Dąbek Łukasz', 'Łukasz|Dąbek'],
  ['WRONA KAROLINA', 'Karolina Wrona'],
  ['Ewa|Dąbek-Wrona', 'Ewa|Dąbek'],
  ['Ewa|Wrona', 'Ewa|Dąbek-Wrona'],
  ['Ewa Dąbek - Wrona', 'Ewa|Dąbek Wrona'],
  ['Ewa|Wrona', 'Ewa|Kielar'],
  ['Anke|Brandt (geb. Vogt)', 'Anke|Vogt'],
  ['|Hale', 'Joan|Hale'],
  ['Joan', 'Joan Hale'],
  ['JOAN HALE', 'joan hale'],
  ["Siobhán|O'Dea", 'Siobhan ODea'],
  ['한지민', '한지민'],
  ['Søren|Kjær', 'Soeren|Kjaer'],
  ['Åse|Ågård', 'Aase|Aagaard'],
  ['Иван|Петров', 'Ivan|Petrov'],
  ['Сергей Иванов', 'Sergey|Ivanov'],
  ['राम शर्मा', 'राम शर्मा']
]

/** Other people of one household or office: listed with what disagrees. */
const OTHERS: readonly (readonly [string, string])[] = [
  ['Adam|Wrona', 'Karolina|Wrona'],
  ['Peter|Hale', 'Joan|Ortega'],
  ['किरण शर्मा', 'करण शर्मा'],
  ['ハナ タナカ', 'バナ タナカ'],
  ['Jan|Kielar', 'Janina|Kielar']
]

void t.test(
  'names of one person match where the e-mail or the phone agrees',
  { timeout: 180_000 },
  async (t) => {
    const app = await createTestApp(t)
    const { admin } = await app.createDealer()
    for (const pair of ONE_PERSON) {
      for (const by of ['email', 'phone'] as const) {
        const { captured, shown } = await matchOf(t, admin, pair, by)
        const title = `${pair.join(' and ')}, by ${by}`
        t.ok(captured !== null && captured.score >= 0.5, title)
        t.ok(shown !== null && ['sure', 'possible'].includes(shown.band), title)
      }
    }
  }
)

void t.test(
  'who shares a phone or an e-mail is listed, with what disagrees',
  { timeout: 120_000 },
  async (t) => {
    const app = await createTestApp(t)
    const { admin } = await app.createDealer({ matchingPolicy: 'exact' })
    for (const pair of OTHERS) {
      for (const by of ['email', 'phone'] as const) {
        const { captured, shown, second } = await matchOf(t, admin, pair, by)
        const title = `${pair.join(' and ')}, by ${by}`
        t.strictSame(captured?.score, shown?.score, title)
        t.strictSame(captured?.reasons, shown?.reasons, `${title}: the same reasons`)
        t.strictSame([second.duplicateOf, second.client], [null, null], `${title}: decides nothing`)
        t.ok((shown?.score ?? 1) < 0.5, `${title}: another person`)
        t.equal(shown?.band, 'possible', title)
        t.match(
          shown?.reasons.filter(
            ({ agreement }: { agreement: string }) => agreement === 'different'
          ),
          [{ field: 'contact.firstName' }],
          title
        )
      }
    }
  }
)

void t.test('nor does it decide anything by the policy `fuzzy`, and is not sure', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer({ matchingPolicy: 'fuzzy' })
  for (const pair of OTHERS) {
    for (const by of ['email', 'phone'] as const) {
      const { captured, shown, second } = await matchOf(t, admin, pair, by)
      const title = `${pair.join(' and ')}, by ${by}`
      t.strictSame([second.duplicateOf, second.client], [null, null], title)
      t.equal(shown?.band, 'possible', title)
      t.strictSame(captured?.reasons, shown?.reasons, title)
    }
  }
})

void t.test('a name alone is listed neither by the capture nor by GET', async (t) => {
  const app = await createTestApp(t)
  const { admin } = await app.createDealer()
  const post = async (fullName: string, phone: string) =>
    (await admin('POST', '/v1/leads', { source: 'website', contact: { fullName, phone } })).body
  await post('Kiran Rao', '662 309 001')
  // A number that differs by one digit would be more than a name.
  const second = await post('Karan Rao', '505 118 742')
  const { body } = await admin('GET', `/v1/leads/${second.id}/matches`)
  t.strictSame([second.matches, body.data], [[], []])
})
