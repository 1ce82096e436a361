import type pg from 'pg'

import type { CapturedLead, HistoryEntry } from './contract-types.ts'
import { only } from './must.ts'
import type { CapturedDocument, Caller, TestResponse } from './response.ts'

let people = 0

/** Posts the lead of a new person, with these members beside, and returns it. */
export async function postLead(call: Caller, members: object = {}): Promise<CapturedLead> {
  people += 1
  const contact = {
    firstName: 'Ada',
    lastName: `Person ${people}`,
    email: `p${people}@example.com`
  }
  const lead = { source: 'website', contact, ...members }
  // With a key of its own it is no double click of an equal one.
  const { status, body } = await call('POST', '/v1/leads', lead, {
    'idempotency-key': `person-${people}`
  })
  if (status !== 201) throw new Error(`the lead was not taken in: ${JSON.stringify(body)}`)
  return body
}

/** Posts an ADF document. */
export async function postAdf(
  call: Caller,
  document: string,
  query = ''
): Promise<TestResponse<CapturedDocument>> {
  return await call('POST', `/v1/leads${query}`, document, {
    'content-type': 'application/xml'
  })
}

/** Posts a lead without an address or a phone, which is held back, and returns it. */
export async function postQuarantinedLead(call: Caller, customer = ''): Promise<CapturedLead> {
  const document = `<adf><prospect><vehicle><make>Kia</make></vehicle><customer><contact>
    <name part="full">Nobody To Reach</name>${customer}</contact></customer></prospect></adf>`
  const { status, body } = await postAdf(call, document)
  if (status !== 201) throw new Error(`the document was not taken in: ${JSON.stringify(body)}`)
  return only(body.data)
}

/** The dealer's statuses' ids by their group. */
export async function findStatusIds(call: Caller): Promise<Record<string, string>> {
  const { body } = await call('GET', '/v1/statuses')
  const entries = body.data.map(({ group, id }) => [group, id])
  return Object.fromEntries(entries)
}

/** What happened to a lead, newest first; of one type, where one is named. */
export async function historyOf(call: Caller, id: string, type?: string): Promise<HistoryEntry[]> {
  const { body } = await call('GET', `/v1/leads/${id}/history`)
  return body.data.filter((entry) => type === undefined || entry.type === type)
}

/**
 * Has the app's pool open connections: what is then sent at the same moment really runs at once,
 * instead of one after the other while connections are still made.
 */
export async function openConnections(call: Caller): Promise<void> {
  for (let round = 0; round < 2; round += 1) {
    await Promise.all(Array.from({ length: 12 }, () => call('GET', '/v1/leads')))
  }
}

/** Adds so many copies of a dealer's one lead, without keys of their own. */
export async function copyLead(
  client: pg.Client,
  { dealerId, leadId, count }: { dealerId: string; leadId: string; count: number }
): Promise<void> {
  const { rows } = await client.query<{ columns: string }>(
    `select string_agg(quote_ident(column_name), ',') as columns from information_schema.columns
     where table_schema = current_schema() and table_name = 'leads' and is_generated = 'NEVER'`
  )
  const columns = rows[0]?.columns ?? ''
  await client.query(
    `insert into leads (${columns}) select ${columns} from (
       select (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid()))).*
       from leads l cross join generate_series(1, $3) where l.dealer_id = $1 and l.id = $2) copies`,
    [dealerId, leadId, count]
  )
}
