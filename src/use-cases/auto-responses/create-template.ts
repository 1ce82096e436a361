import type { Database } from '../../database/client.ts'
import type { Template } from '../../domain/auto-responses/template.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { newId } from '../../ids.ts'
import { insertTemplate } from '../../repositories/auto-responses/templates.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import type { CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'

interface CreateTemplate extends CreateCommand<Template> {
  /** The content has been checked. */
  template: Pick<Template, 'name' | 'content'>
}

export async function createTemplate(
  db: Database,
  command: CreateTemplate
): Promise<Created<Template> | Refusal> {
  return await createOnce(db, command, async (tx) => {
    const { principal, now } = command
    const stamps = { version: 1, createdAt: now, updatedAt: now }
    const template = { id: newId(), ...command.template, ...stamps }
    await insertTemplate(tx, template)
    await recordEvents(tx, actorOf(principal), now, [
      { type: 'template.created', subject: { type: 'template', id: template.id } }
    ])
    return template
  })
}
