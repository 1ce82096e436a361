import t from 'tap'

import { createTestApp } from '../../../support/app.ts'
import { asClient } from '../../../support/database.ts'
import { must } from '../../../support/must.ts'
import { PATHS, sendByPaths } from '../../../support/four-paths.ts'
import type { GivenLead } from '../../../support/four-paths.ts'

const NAMES = ['Łukasz Żółć', 'Zoë Brontë', "Siobhán O'Shea", 'Jürgen Groß', 'Íñigo Núñez-Peña']
const FORMS = ['N', 'Pan N', 'Dr. N', ' N ', '\u200bN', 'Sra. N']
const EMAILS = ['E', 'mailto:E', 'Jan <E>', 'E,', '\u200bE', '"E"']
const PHONES = ['662 1XX', '+48 662 1XX', 'tel:+486621XX', '6621XX.0', '(+48) 662-1XX', "'6621XX"]

// A sample of what test/domain/contacts/paths.test.ts shows of 300 people: through HTTP and the tables.
void t.test(
  'twelve people in different spellings have one contact and the same keys by JSON, ADF and list',
  { timeout: 120_000 },
  async (t) => {
    const app = await createTestApp(t)
    const dealer = await app.createDealer()
    const people = Array.from({ length: 12 }, (_, person): GivenLead => {
      const pick = (from: readonly string[], step: number) =>
        must(from[(person * step) % from.length])
      return {
        name: pick(FORMS, 1).replace('N', pick(NAMES, 1)),
        email: pick(EMAILS, 5).replace('E', `sample${person}@paths.example`),
        phone: pick(PHONES, 1).replace('XX', String(10_100 + person)),
        city: pick(['Łódź', ' Sopot ', 'n/a'], 1),
        country: pick(['PL', 'Polska', 'Poland', ''], 1)
      }
    })
    const stored = await sendByPaths(t, app, dealer, people)
    const ids = stored.flatMap((one) => PATHS.map((path) => one[path].lead.id))
    const keys = await asClient(app.database.ownerUrl, async (client) => {
      await client.query(`select set_config('app.tenant', $1, false)`, [dealer.id])
      const found = await client.query<{ id: string; keys: string[] }>(
        `select record_id as id, array_agg(key order by key) as keys from match_keys
         where record_id = any ($1) group by record_id`,
        [ids]
      )
      return new Map(found.rows.map((row) => [row.id, row.keys]))
    })
    for (const [person, { json, adf, list }] of stored.entries()) {
      const title = JSON.stringify(people[person])
      const known = must(keys.get(json.lead.id))
      t.ok(known.includes(`e:sample${person}@paths.example`), title)
      t.ok(known.includes(`p:+4866211${String(person + 10_100).slice(1)}`), title)
      for (const [path, { lead }] of Object.entries({ adf, list })) {
        t.strictSame(lead.contact, json.lead.contact, `${path}: ${title}`)
        t.strictSame(keys.get(lead.id), known, `${path}: ${title}`)
      }
    }
  }
)
