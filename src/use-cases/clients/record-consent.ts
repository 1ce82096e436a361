import type { Database } from '../../database/client.ts'
import type { ConsentRecord } from '../../domain/clients/consent.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Consent } from '../../domain/leads/lead.ts'
import { invalid, notFound } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { lockClient } from '../../repositories/clients/clients.ts'
import { lockSeenLead } from '../../repositories/leads/leads.ts'
import type { CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import { addConsent } from './steps/add-consents.ts'

interface RecordConsent extends CreateCommand<ConsentRecord> {
  /** A statement about a lead is on the record of its client too. */
  about: { type: 'client' | 'lead'; id: string }
  statement: Consent
}

/** Records a statement of a person. It can be given earlier, but not in the future. */
export async function recordConsent(
  db: Database,
  command: RecordConsent
): Promise<Created<ConsentRecord> | Refusal> {
  const { principal, now, about, statement } = command
  const givenAt = statement.givenAt === null ? null : new Date(statement.givenAt)
  if (givenAt && givenAt > now) return invalid('/givenAt', 'in-future')
  return await createOnce(db, command, async (tx) => {
    const lead = about.type === 'lead' ? await lockSeenLead(tx, principal, about.id) : null
    const client =
      about.type === 'client' ? await lockClient(tx, principal, about.id) : lead?.client
    if (!lead && !client) return notFound(about.type)
    return await addConsent(tx, {
      leadId: lead?.id ?? null,
      clientId: client?.id ?? null,
      statement: { ...statement, givenAt: givenAt?.toISOString() ?? null },
      origin: 'direct',
      actor: actorOf(principal),
      now
    })
  })
}
