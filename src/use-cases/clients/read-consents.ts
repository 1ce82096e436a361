import type { Database, Transaction } from '../../database/client.ts'
import { stancesAt } from '../../domain/clients/consent-ledger.ts'
import type { ConsentRecord } from '../../domain/clients/consent.ts'
import { notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { findClient } from '../../repositories/clients/clients.ts'
import { findLatestOfClient, findSaidOfLead } from '../../repositories/clients/consents.ts'
import { findLead } from '../../repositories/leads/leads.ts'
import type { Command } from '../command.ts'

interface ReadConsents extends Pick<Command, 'principal'> {
  about: { type: 'client' | 'lead'; id: string }
  at: Date
}

/**
 * Reads the consents that hold at a time: all of a client, or those that came with a lead and those
 * recorded for it later.
 */
export async function readConsents(
  db: Database,
  command: ReadConsents
): Promise<{ at: Date; stances: ConsentRecord[] } | Refusal> {
  const { principal, about, at } = command
  return await db.read(principal.dealerId, async (tx) => {
    const statements = await findStatements(tx, command)
    return statements ? { at, stances: stancesAt(statements, at) } : notFound(about.type)
  })
}

async function findStatements(
  tx: Transaction,
  { principal, about: { type, id }, at }: ReadConsents
) {
  if (type === 'client') {
    const client = await findClient(tx, principal, id)
    return client && (await findLatestOfClient(tx, client.id, at))
  }
  const lead = await findLead(tx, principal, id)
  return lead && (await findSaidOfLead(tx, lead))
}
