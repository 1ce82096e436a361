import type pg from 'pg'

import { BARE_TOKEN } from './bare/service.ts'
import type { Request } from './load.ts'
import { PERSON, storedContent } from './population.ts'
import type { BenchDealer } from './setup.ts'

/** Answers the next request of a load. */
export type Next = () => Request

const PEOPLE_PER_CLIENT = 5
/** How far into a list pages are read. */
const DEPTH = 5
const SAMPLE = 5_000

export function pick<T>(list: readonly T[]): T {
  const item = list[Math.floor(Math.random() * list.length)]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const json = (token: string) => ({ ...bearer(token), 'content-type': 'application/json' })

/** Somebody who is a known client in one case of five. */
function somebody(clients: number): {
  firstName: string
  lastName: string
  email: string
  phone: string
} {
  const n = 1 + Math.floor(Math.random() * clients * PEOPLE_PER_CLIENT)
  return { firstName: 'Ann', lastName: 'Lee', email: PERSON.email(n), phone: PERSON.phone(n) }
}

/** A lead as a website posts it. */
export function leadBody(contact: object): string {
  return JSON.stringify({
    source: 'website',
    contact,
    message: storedContent().message,
    vehicles: [{ make: 'Toyota', model: 'Corolla', year: 2021, trim: 'LX', stockNumber: 'S1' }],
    attribution: { utmSource: 'google', utmMedium: 'cpc' }
  })
}

export function captureRequest(key: string, contact: object): Request {
  return { method: 'POST', path: '/v1/leads', headers: json(key), body: leadBody(contact) }
}

export function ourCaptures(dealers: readonly BenchDealer[], clients: number): Next {
  return () => captureRequest(pick(dealers).key, somebody(clients))
}

export function bareCaptures(dealers: number, clients: number): Next {
  return () => ({
    method: 'POST',
    path: '/v1/leads',
    headers: json(BARE_TOKEN),
    body: JSON.stringify({
      ...bareLead(1 + Math.floor(Math.random() * dealers)),
      ...somebody(clients)
    })
  })
}

/** A lead as the bare service takes it. */
export function bareLead(dealerId: number) {
  return {
    dealerId,
    source: 'website',
    channel: 'form',
    campaign: 'winter',
    provider: 'site',
    providerRef: 'form-1',
    ...{ firstName: 'Ann', lastName: 'Lee', email: PERSON.email(1), phone: PERSON.phone(1) },
    ...{ postalCode: '31-146', city: 'Kraków', country: 'PL' },
    ...{ make: 'Toyota', model: 'Corolla', year: 2021, stockNumber: 'S1', priceCents: 2_500_000 },
    message: storedContent().message ?? '',
    marketingConsent: true
  }
}

/** Pages of a random dealer's list, among the first of it; only one that is all of a list is not full. */
export async function ourPages(
  url: string,
  dealers: readonly BenchDealer[],
  query = ''
): Promise<Next> {
  const pages: Request[] = []
  for (const { key } of dealers) {
    const path = `/v1/leads?limit=50${query}`
    pages.push(
      ...(await pagesOf(url, { path, headers: bearer(key) }, ({ nextCursor }) =>
        nextCursor ? `${path}&cursor=${encodeURIComponent(nextCursor)}` : null
      ))
    )
  }
  return () => pick(pages)
}

export async function barePages(url: string, dealers: number): Promise<Next> {
  const pages: Request[] = []
  for (let dealerId = 1; dealerId <= dealers; dealerId++) {
    const path = `/v1/leads?dealerId=${dealerId}`
    pages.push(
      ...(await pagesOf(url, { path, headers: bearer(BARE_TOKEN) }, ({ next }) =>
        next ? `${path}&after=${next}` : null
      ))
    )
  }
  return () => pick(pages)
}

type Page = Record<string, string | null | undefined>

async function pagesOf(
  url: string,
  first: Request,
  following: (page: Page) => string | null
): Promise<Request[]> {
  const pages = [first]
  for (let page = first; pages.length < DEPTH; pages.push(page)) {
    const response = await fetch(url + page.path, { headers: page.headers })
    if (!response.ok) throw new Error(`${page.path}: ${response.status} ${await response.text()}`)
    const path = following((await response.json()) as Page)
    if (path === null) return pages.length > 1 ? pages.slice(0, -1) : pages
    page = { ...first, path }
  }
  return pages
}

/** A stored lead of ours, to ask for. */
export interface SampledLead {
  id: string
  email: string
  key: string
}

/** Leads from all over the table. */
export async function sampleLeads(
  owner: pg.Client,
  dealers: readonly BenchDealer[]
): Promise<SampledLead[]> {
  const keys = new Map(dealers.map(({ id, key }) => [id, key]))
  const { rows } = await owner.query<{ id: string; email: string; dealer_id: string }>(
    `select l.id, l.dealer_id, l.content->'contact'->'emails'->0->>'address' as email
    from leads l tablesample system (least(100, 100.0 * $1 / (
      select greatest(1, reltuples) from pg_class where oid = 'leads'::regclass))) limit $1::int`,
    [SAMPLE]
  )
  return rows.map(({ id, email, dealer_id }) => ({ id, email, key: keys.get(dealer_id) ?? '' }))
}

export function ourReads(
  leads: readonly SampledLead[],
  pathOf: (lead: SampledLead) => string
): Next {
  return () => {
    const lead = pick(leads)
    return { path: pathOf(lead), headers: bearer(lead.key) }
  }
}

export function bareReads(leads: number): Next {
  return () => ({
    path: `/v1/leads/${1 + Math.floor(Math.random() * leads)}`,
    headers: bearer(BARE_TOKEN)
  })
}
