import { only } from './must.ts'
import type { Caller } from './response.ts'
import type { Event, Lead, RewardProgramme, RewardTotals, Sale } from './contract-types.ts'
import { findStatusIds, postLead } from './leads.ts'

/** Moves a lead to the dealer's status of a group and returns it. */
export async function moveTo(call: Caller, leadId: string, group: string): Promise<Lead> {
  const statusId = (await findStatusIds(call))[group]
  const reason = 'as it is'
  const { status, body } = await call('POST', `/v1/leads/${leadId}/status`, { statusId, reason })
  if (status !== 200) throw new Error(`the lead was not moved: ${JSON.stringify(body)}`)
  return body
}

/** Posts a lead, moves it to `sold`, and returns it with its sale. */
export async function sell(
  call: Caller,
  members: object = {}
): Promise<{ lead: Lead; sale: Sale }> {
  const { id } = await postLead(call, members)
  const lead = await moveTo(call, id, 'sold')
  return { lead, sale: only(await salesOf(call, id)) }
}

/** All sales of a lead, mistakes among them, newest first. */
export async function salesOf(call: Caller, leadId: string): Promise<Sale[]> {
  return (await call('GET', `/v1/sales?lead=${leadId}&undone=true`)).body.data
}

/** The sale statuses' ids by their names. */
export async function findSaleStatusIds(call: Caller): Promise<Record<string, string>> {
  const { body } = await call('GET', '/v1/sale-statuses')
  const entries = body.data.map(({ name, id }) => [name, id])
  return Object.fromEntries(entries)
}

/** A promoter with a link, by which leads come. */
export async function signUp(call: Caller, name = 'Piotr'): Promise<{ id: string; code: string }> {
  const promoter = (await call('POST', '/v1/promoters', { name })).body
  const link = (await call('POST', '/v1/referral-links', { promoterId: promoter.id })).body
  return { id: promoter.id, code: link.code }
}

/** The active programme: 500 points a sale. */
export async function startProgramme(
  call: Caller,
  eligibleWhen: 'recorded' | 'fulfilled'
): Promise<RewardProgramme> {
  const members = { name: `Winter ${eligibleWhen}`, pointsPerSale: 500, eligibleWhen, active: true }
  return (await call('POST', '/v1/reward-programmes', members)).body
}

/** What a promoter's ledger comes to, and its lines as they were written. */
export async function ledgerOf(
  call: Caller,
  promoterId: string
): Promise<{ balance: RewardTotals; lines: [string, number][] }> {
  const { body } = await call('GET', `/v1/promoters/${promoterId}/rewards?sort=createdAt`)
  return { balance: body.balance, lines: body.data.map((line) => [line.kind, line.points]) }
}

/** The dealer's events of a type, oldest first. */
export async function eventsOf(call: Caller, type: string): Promise<Event[]> {
  return (await call('GET', `/v1/events?type=${type}&sort=createdAt&limit=200`)).body.data
}
