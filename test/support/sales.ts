import type { Caller } from './app.ts'
import { findStatusIds, postLead } from './leads.ts'

/* eslint-disable @typescript-eslint/no-explicit-any -- tests look into answers freely */

/** Moves a lead to the dealer's status of a group, and answers it. */
export async function moveTo(call: Caller, leadId: string, group: string): Promise<any> {
  const statusId = (await findStatusIds(call))[group]
  const reason = 'as it is'
  const { status, body } = await call('POST', `/v1/leads/${leadId}/status`, { statusId, reason })
  if (status !== 200) throw new Error(`the lead was not moved: ${JSON.stringify(body)}`)
  return body
}

/** A lead that was sold to, and its sale. */
export async function sell(call: Caller, words: object = {}): Promise<{ lead: any; sale: any }> {
  const { id } = await postLead(call, words)
  const lead = await moveTo(call, id, 'sold')
  return { lead, sale: (await salesOf(call, id))[0] }
}

/** All sales of a lead, mistakes among them, newest first. */
export async function salesOf(call: Caller, leadId: string): Promise<any[]> {
  return (await call('GET', `/v1/sales?lead=${leadId}&undone=true`)).body.data
}

/** The sale statuses' ids by their names. */
export async function findSaleStatusIds(call: Caller): Promise<Record<string, string>> {
  const { body } = await call('GET', '/v1/sale-statuses')
  const entries = body.data.map(({ name, id }: { name: string; id: string }) => [name, id])
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
): Promise<any> {
  const words = { name: `Winter ${eligibleWhen}`, pointsPerSale: 500, eligibleWhen, active: true }
  return (await call('POST', '/v1/reward-programmes', words)).body
}

/** What a promoter's ledger comes to, and its lines as they were written. */
export async function ledgerOf(
  call: Caller,
  promoterId: string
): Promise<{ balance: any; lines: [string, number][] }> {
  const { body } = await call('GET', `/v1/promoters/${promoterId}/rewards?sort=createdAt`)
  return { balance: body.balance, lines: body.data.map((line: any) => [line.kind, line.points]) }
}

/** What happened to one thing, oldest first. */
export async function eventsOf(call: Caller, type: string): Promise<any[]> {
  return (await call('GET', `/v1/events?type=${type}&sort=createdAt&limit=200`)).body.data
}
