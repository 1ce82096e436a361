import type { Transaction } from '../../database/client.ts'
import { isReachable } from '../../domain/leads/contact.ts'
import type { CustomFieldFault, ValueReading } from '../../domain/fields/custom-field.ts'
import type { Actor } from '../../domain/events/event.ts'
import type { Lead, LeadContent } from '../../domain/leads/lead.ts'
import type { Temperature } from '../../domain/leads/temperature.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { findLeadById, updateLead } from '../../repositories/leads/leads.ts'
import { findFieldFaults } from '../fields/check-fields.ts'
import { rescoreLead } from '../scoring/rescore-leads.ts'
import { setTemperature } from '../scoring/set-temperature.ts'

/**
 * Changes what a locked lead says. Answers the lead as it is now, or `unreachable` where nobody could
 * be reached any more.
 */
export async function updateLeadContent(
  tx: Transaction,
  before: Lead,
  change: {
    actor: Actor
    /** What is stored with the caller's changes in it. */
    content: LeadContent
    /** How to check the dealer's own fields. */
    fieldReading: ValueReading
    temperature: Temperature | null | undefined
    /** Names of the members that were changed, for history. */
    fields: readonly string[]
    now: Date
  }
): Promise<Lead | 'unreachable' | { faults: CustomFieldFault[] }> {
  const { actor, content, temperature, now } = change
  const { id: leadId } = before
  // A lead that is held because nobody could be reached may stay so; others must not become so.
  if (!isReachable(content.contact) && before.quarantineReason === null) return 'unreachable'
  const faults = await findFieldFaults(tx, 'lead', {
    before: before.content.customFields,
    after: content.customFields,
    reading: change.fieldReading
  })
  if (faults.length > 0) return { faults }
  await updateLead(tx, leadId, { content }, now)
  await recordEvents(tx, actor, now, [
    {
      type: 'lead.updated',
      subject: { type: 'lead', id: leadId },
      leadId,
      data: { fields: change.fields }
    }
  ])
  if (temperature === undefined) await rescoreLead(tx, leadId, now)
  else await setTemperature(tx, before, { temperature, actor, now })
  const lead = await findLeadById(tx, leadId)
  if (!lead) throw new Error('a locked lead is gone')
  return lead
}
