import type { Database } from '../../database/client.ts'
import { isReachable } from '../../domain/leads/contact.ts'
import type { CustomFieldFault, ValueReading } from '../../domain/fields/custom-field.ts'
import type { Actor } from '../../domain/deliveries/event.ts'
import type { Lead, LeadContent } from '../../domain/leads/lead.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import type { Temperature } from '../../domain/qualification/qualification.ts'
import { recordEvents } from '../../repositories/events.ts'
import { findLeadById, lockLead, updateLead } from '../../repositories/leads/leads.ts'
import { findFieldFaults } from '../fields/check-fields.ts'
import { rescoreLead } from '../scoring/rescore-leads.ts'
import { setTemperature } from '../scoring/set-temperature.ts'

/**
 * Changes what a lead says, by a merge patch. Answers the lead as it is now, null where the caller
 * sees none, or `unreachable` where nobody could be reached any more.
 */
export async function updateLeadContent(
  db: Database,
  change: {
    principal: TenantPrincipal
    actor: Actor
    leadId: string
    /** The stored content with the caller's changes in it. */
    apply: (content: LeadContent) => LeadContent
    /** How to check the dealer's own fields. */
    fieldReading: ValueReading
    temperature: Temperature | null | undefined
    /** Names of the members that were changed, for history. */
    fields: readonly string[]
    /** Throws where the change is based on another version. */
    checkVersion: (version: number) => void
    now: Date
  }
): Promise<Lead | 'unreachable' | { faults: CustomFieldFault[] } | null> {
  const { principal, actor, leadId, temperature, now } = change
  return await db.transaction(principal.dealerId, async (tx) => {
    const lead = await lockLead(tx, principal, leadId)
    if (!lead) return null
    change.checkVersion(lead.version)
    const content = change.apply(lead.content)
    // A lead that is held because nobody could be reached may stay so; others must not become so.
    if (!isReachable(content.contact) && lead.quarantineReason === null) return 'unreachable'
    const faults = await findFieldFaults(tx, 'lead', {
      before: lead.content.customFields,
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
    else await setTemperature(tx, lead, { temperature, actor, now })
    return await findLeadById(tx, leadId)
  })
}
