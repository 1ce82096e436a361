import type { Database } from '../../database/client.ts'
import type { Template, TemplateContent } from '../../domain/auto-responses/template.ts'
import { actorOf } from '../../domain/events/event.ts'
import { isRefusal } from '../../domain/refusals.ts'
import type { Fault, Refusal } from '../../domain/refusals.ts'
import { findTemplate, updateTemplate } from '../../repositories/auto-responses/templates.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { expected } from '../command.ts'
import type { ChangeCommand } from '../command.ts'
import { write } from '../write.ts'

interface ChangeTemplate extends ChangeCommand {
  templateId: string
  /** The members of the request. */
  fields: readonly string[]
  name: string | undefined
  /** Checks and returns the new content of a template; null keeps the content. */
  content: ((before: TemplateContent) => Promise<TemplateContent | readonly Fault[]>) | null
}

/** Changes a template. Composed mails stay as they are. */
export async function changeTemplate(
  db: Database,
  command: ChangeTemplate
): Promise<Template | Refusal> {
  const { principal, now, templateId, name, fields } = command
  return await write(db, command, async (tx) => {
    const before = expected(
      command,
      await findTemplate(tx, templateId, 'no key update'),
      'template'
    )
    if (isRefusal(before)) return before
    const content = command.content && (await command.content(before.content))
    if (Array.isArray(content)) return { refusal: 'invalid', faults: content as Fault[] }
    await recordEvents(tx, actorOf(principal), now, [
      {
        type: 'template.updated',
        subject: { type: 'template', id: templateId },
        data: { fields: [...fields] }
      }
    ])
    const change = {
      ...(name === undefined ? {} : { name }),
      ...(content && { content: content as TemplateContent })
    }
    return await updateTemplate(tx, templateId, change, now)
  })
}
