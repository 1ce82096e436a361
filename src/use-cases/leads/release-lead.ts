import type { Database } from '../../database/client.ts'
import { contactKeys } from '../../domain/leads/contact.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { findLead, lockLead } from '../../repositories/leads/leads.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'
import { releaseHeld } from './steps/release-held.ts'

interface ReleaseLead extends ChangeCommand {
  leadId: string
  /** Domain of our Message-IDs. */
  mailDomain: string
  /** The address our mails are from. */
  mailFrom: string
}

/**
 * Releases a lead from quarantine. The assignment and the notifications are decided now, by the time
 * at which the lead was received.
 */
export async function releaseLead(db: Database, command: ReleaseLead): Promise<Lead | Refusal> {
  const { principal, leadId } = command
  return await write(
    db,
    command,
    async (tx, heldLocks) => {
      const lead = expected(command, await lockLead(tx, principal, leadId), 'lead')
      if (isRefusal(lead)) return lead
      if (lead.quarantineReason === null) return { refusal: 'not-quarantined' }
      if (lead.status.group === 'deleted') return { refusal: 'lead-deleted' }
      if (contactKeys(lead.content.contact).join(' ') !== heldLocks.join(' ')) {
        return { refusal: 'lead-changed' }
      }
      return await releaseHeld(tx, lead, { ...command, actor: actorOf(principal) })
    },
    // The locks of a capture of the same person: of two concurrent leads, one is the earlier.
    async (tx) => {
      const seen = await findLead(tx, principal, leadId)
      return seen ? contactKeys(seen.content.contact) : []
    }
  )
}
