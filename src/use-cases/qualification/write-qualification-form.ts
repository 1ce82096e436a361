import type { Database } from '../../database/client.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { LeadType } from '../../domain/leads/lead.ts'
import { findFormFaults } from '../../domain/qualification/form-faults.ts'
import type { FormContent, QualificationForm } from '../../domain/qualification/form.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { findForm, writeForm } from '../../repositories/qualification/forms.ts'
import { versionRefusal } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'

interface WriteQualificationForm extends ChangeCommand {
  leadType: LeadType
  form: FormContent
}

/** Creates or replaces the form of a lead type. A missing form counts as version 0. */
export async function writeQualificationForm(
  db: Database,
  command: WriteQualificationForm
): Promise<QualificationForm | Refusal> {
  const { principal, now, leadType, form } = command
  const faults = findFormFaults(form)
  if (faults.length > 0) return { refusal: 'invalid', faults }
  return await write(db, command, async (tx) => {
    const before = await findForm(tx, leadType, 'update')
    const mismatch = versionRefusal(command, before?.version ?? 0)
    if (mismatch) return mismatch
    const written = await writeForm(tx, leadType, form, now)
    await recordEvents(tx, actorOf(principal), now, [
      {
        type: 'qualification_form.updated',
        subject: { type: 'dealer', id: principal.dealerId },
        data: { leadType, version: written.version }
      }
    ])
    return written
  })
}
