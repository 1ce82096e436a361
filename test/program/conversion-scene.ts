import { setTimeout as sleep } from 'node:timers/promises'

import type { BodyOf, TestResponse } from '../support/response.ts'
import { asClient } from '../support/database.ts'

/** Calls with a credential, in the process or over HTTP. */
export type Call = <const M extends 'GET' | 'POST' | 'PUT', const U extends string>(
  method: M,
  path: U,
  body?: object
) => Promise<Pick<TestResponse<BodyOf<M, U>>, 'status' | 'text' | 'body' | 'problem'>>

/** What the dealer's mapping says of custom fields, the account and the deal. */
export const ENTRIES = [
  { to: 'client.customFields.budget', from: 'customFields.wanted', default: 1000 },
  { to: 'client.customFields.brands', from: 'vehicle.make' },
  { to: 'client.customFields.region', from: 'contact.address.region', default: 'unknown' },
  { to: 'client.contact.language', from: 'contact.language', default: 'pl' },
  { to: 'account.taxNumber', from: 'customFields.tax', default: 'none' },
  { to: 'account.name', from: 'contact.companyName' },
  { to: 'opportunity.expectedClose', from: 'timeframe.latest', default: '2027-01-31' },
  { to: 'opportunity.description', from: 'message' }
]

/** Fields of clients, and the mapping into them. */
export async function defineFields(call: Call): Promise<void> {
  const fields = [
    { key: 'budget', type: 'number', required: true },
    { key: 'brands', type: 'options', options: ['Kia', 'Opel'] },
    { key: 'region', type: 'text' }
  ]
  for (const field of fields) {
    await grant(call, 'POST', '/v1/custom-fields', { target: 'client', label: 'A field', ...field })
  }
  await grant(call, 'PUT', '/v1/field-mapping', { entries: ENTRIES })
}

/** Asks for what must be granted, and answers it; a machine that is busy is asked again. */
export async function grant<const M extends 'GET' | 'POST' | 'PUT', const U extends string>(
  call: Call,
  method: M,
  path: U,
  body?: object,
  tries = 20
): Promise<BodyOf<M, U>> {
  const answer = await call(method, path, body)
  if (answer.status === 503 && tries > 1) {
    await sleep(250)
    return await grant(call, method, path, body, tries - 1)
  }
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
  return answer.body
}

let people = 0

/** A lead that fills every field. */
export async function postFullLead(call: Call, words: object = {}) {
  people += 1
  return await grant(call, 'POST', '/v1/leads', {
    source: 'portal',
    contact: {
      ...{
        firstName: 'Łukasz',
        lastName: `Żółć ${people}`,
        companyName: `Żółć ${people} sp. z o.o.`
      },
      ...{ email: `l${people}@example.pl`, phone: `601 2${String(people).padStart(5, '0')}` },
      ...{ language: 'en', address: { city: 'Kraków', region: 'Lesser Poland', country: 'PL' } }
    },
    message: 'Is the blue one still there?',
    vehicles: [
      { make: 'Kia', model: 'Ceed', year: 2022, price: { amount: '79900.00', currency: 'PLN' } },
      { interest: 'trade-in', make: 'Opel', model: 'Astra' }
    ],
    timeframe: { latest: '2026-12-15' },
    consents: [{ purpose: 'marketing', channel: 'email', granted: true }],
    customFields: { wanted: '50000', tax: 'PL52602502' },
    ...words
  })
}

/** What a conversion writes to. */
export const TABLES = [
  ...['clients', 'accounts', 'opportunities', 'consents', 'match_keys', 'leads', 'activities'],
  ...['operations', 'conversions', 'events']
]

/** Everything a dealer has in these tables, to be compared whole. */
export async function dump(ownerUrl: string, dealerId: string): Promise<Record<string, unknown>> {
  return await asClient(ownerUrl, async (owner) => {
    const stood: Record<string, unknown> = {}
    for (const table of TABLES) {
      const { rows } = await owner.query(
        `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as rows, count(*)::int
         from ${table} t where dealer_id = $1`,
        [dealerId]
      )
      stood[table] = rows[0]
    }
    return stood
  })
}

/** Lets every write to a table fail while `work` runs. */
export async function whileFailing<T>(
  ownerUrl: string,
  table: string,
  work: () => Promise<T>
): Promise<T> {
  await asClient(ownerUrl, (owner) =>
    owner.query(`
      create function fail_${table}() returns trigger language plpgsql as $$
      begin raise exception 'injected'; end $$;
      create trigger fail before insert or update on ${table}
      execute function fail_${table}()`)
  )
  try {
    return await work()
  } finally {
    await asClient(ownerUrl, (owner) => owner.query(`drop function fail_${table} cascade`))
  }
}
