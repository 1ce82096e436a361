import type pg from 'pg'

import type { BareLead } from './schemas.ts'

/** What a capture of the bare service answers. */
export interface BareCapture {
  id: string
  clientId: string | null
  duplicateOfId: string | null
}

/** How the bare service captures: by one function of the database, or in ten round trips. */
export const BARE_WAYS = ['func', 'trips'] as const
export type BareWay = (typeof BARE_WAYS)[number]

export const BARE_CAPTURES: Record<
  BareWay,
  (pool: pg.Pool, lead: BareLead) => Promise<BareCapture>
> = { func: captureByFunction, trips: captureInTrips }

const ORIGIN = {
  utmSource: 'google',
  utmMedium: 'cpc',
  landingPage: 'https://dealer.example/cars/1'
}

/** The keys that a person is found by: an address in small letters, a number as digits. */
function keysOf({ email, phone }: BareLead): { email: string; phone: string } {
  const digits = phone.replace(/\D/g, '')
  return { email: email.toLowerCase(), phone: `+${digits.length === 9 ? `48${digits}` : digits}` }
}

async function captureByFunction(pool: pg.Pool, lead: BareLead): Promise<BareCapture> {
  const keys = keysOf(lead)
  const { rows } = await pool.query<{ lead: string; client: string; duplicate_of: string }>({
    name: 'capture',
    text: 'select * from capture($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
    values: [
      ...[lead.dealerId, lead.source, lead.firstName, lead.lastName, keys.email, keys.phone],
      ...[lead.make, lead.model, lead.year, lead.message, ORIGIN]
    ]
  })
  const [made] = rows
  if (made === undefined) throw new Error('the function captured nothing')
  return { id: made.lead, clientId: made.client, duplicateOfId: made.duplicate_of }
}

const FIND = {
  clientByEmail: 'select id from clients where email_key = $1 limit 1',
  clientByPhone: 'select id from clients where phone_key = $1 limit 1',
  leadByEmail:
    'select id from leads where dealer_id = $1 and email_key = $2 order by id desc limit 1',
  leadByPhone:
    'select id from leads where dealer_id = $1 and phone_key = $2 order by id desc limit 1',
  rule: `select user_id as id from rules where dealer_id = $1 and active
    and (source is null or source = $2) and (make is null or make = $3) order by position limit 1`
}

const COLUMNS =
  'dealer_id, client_id, duplicate_of_id, user_id, source, channel, campaign, provider, ' +
  'provider_ref, first_name, last_name, email, email_key, phone, phone_key, postal_code, city, ' +
  'country, make, model, year, trim, stock_number, price_cents, message, marketing_consent, origin'
const PLACES = COLUMNS.split(',')
  .map((_, at) => `$${at + 1}`)
  .join()
const INSERT = {
  lead: `insert into leads (${COLUMNS})
    values (${PLACES}) returning id`,
  history: 'insert into history (lead_id, event, actor, data) values ($1, $2, $3, $4)',
  jobs: 'insert into jobs (kind, lead_id, data) values ($1, $2, $3), ($4, $2, $5)'
}

/** A service that asks for one thing at a time: begin, five look-ups, three inserts, commit. */
async function captureInTrips(pool: pg.Pool, lead: BareLead): Promise<BareCapture> {
  const { dealerId } = lead
  const keys = keysOf(lead)
  const client = await pool.connect()
  const idBy = async (name: string, text: string, values: unknown[]): Promise<string | null> => {
    const { rows } = await client.query<{ id: string }>({ name, text, values })
    return rows[0]?.id ?? null
  }
  const find = (name: keyof typeof FIND, ...values: unknown[]) => idBy(name, FIND[name], values)
  try {
    await client.query('begin')
    const byEmail = await find('clientByEmail', keys.email)
    const byPhone = await find('clientByPhone', keys.phone)
    const sameEmail = await find('leadByEmail', dealerId, keys.email)
    const samePhone = await find('leadByPhone', dealerId, keys.phone)
    const userId = await find('rule', dealerId, lead.source, lead.make)
    const clientId = byEmail ?? byPhone
    const duplicateOfId = sameEmail ?? samePhone
    const id = await idBy('lead', INSERT.lead, [
      ...[dealerId, clientId, duplicateOfId, userId, lead.source, lead.channel, lead.campaign],
      ...[lead.provider, lead.providerRef, lead.firstName, lead.lastName, lead.email, keys.email],
      ...[lead.phone, keys.phone, lead.postalCode, lead.city, lead.country, lead.make, lead.model],
      ...[lead.year, 'LX', lead.stockNumber, lead.priceCents, lead.message],
      ...[lead.marketingConsent ?? false, ORIGIN]
    ])
    if (id === null) throw new Error('no lead was written')
    await idBy('history', INSERT.history, [id, 'captured', 'key', { user: userId, duplicateOfId }])
    const [mail, hook] = [{ user: userId }, { event: 'captured' }]
    await idBy('jobs', INSERT.jobs, ['mail', id, mail, 'hook', hook])
    await client.query('commit')
    return { id, clientId, duplicateOfId }
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}
