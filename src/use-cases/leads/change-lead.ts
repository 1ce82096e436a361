import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { ValueParsers } from '../../domain/fields/custom-field.ts'
import { isReachable } from '../../domain/leads/contact.ts'
import type { Lead, LeadContent } from '../../domain/leads/lead.ts'
import type { Temperature } from '../../domain/leads/temperature.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { lockLead, updateLead } from '../../repositories/leads/leads.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { refuseFields } from '../fields/steps/refuse-fields.ts'
import { rescoreLead } from '../scoring/steps/rescore-leads.ts'
import { setTemperature } from '../scoring/steps/set-temperature.ts'
import { write } from '../write.ts'
import { readLockedLead } from './steps/read-locked-lead.ts'

interface ChangeLead extends ChangeCommand {
  leadId: string
  /** The content after the change, from the content before it. */
  change: (before: LeadContent) => LeadContent
  /** Reads the values of custom fields. */
  fieldParsers: ValueParsers
  /** Null: the score sets the temperature again. Undefined: no change. */
  temperature: Temperature | null | undefined
  /** Names of the changed members, for the event. */
  fields: readonly string[]
}

/** Changes the content of a lead, and its temperature. */
export async function changeLead(db: Database, command: ChangeLead): Promise<Lead | Refusal> {
  const { principal, leadId, temperature, now } = command
  return await write(db, command, async (tx) => {
    const before = expected(command, await lockLead(tx, principal, leadId), 'lead')
    if (isRefusal(before)) return before
    const content = command.change(before.content)
    // A lead may be in quarantine because it has no usable contact. It may stay so.
    if (!isReachable(content.contact) && before.quarantineReason === null) {
      return { refusal: 'unreachable-contact' }
    }
    const faulty = await refuseFields(tx, 'lead', {
      before: before.content.customFields,
      after: content.customFields,
      parsers: command.fieldParsers
    })
    if (faulty) return faulty
    const actor = actorOf(principal)
    await updateLead(tx, leadId, { content }, now)
    await recordEvents(tx, actor, now, [
      {
        type: 'lead.updated',
        subject: { type: 'lead', id: leadId },
        leadId,
        data: { fields: command.fields }
      }
    ])
    if (temperature === undefined) await rescoreLead(tx, leadId, now)
    else await setTemperature(tx, before, { temperature, actor, now })
    return await readLockedLead(tx, leadId)
  })
}
