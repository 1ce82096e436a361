import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import { ACTOR_TYPES, EVENT_TYPES } from '../../domain/events/event.ts'
import type { DomainEvent } from '../../domain/events/event.ts'
import type { Locale } from '../../domain/dealers/dealer.ts'
import { isEventCode } from '../../domain/reasons/event-reasons.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { sentenceOf } from '../../wording/reasons.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

const actorMembers = {
  type: oneOf(ACTOR_TYPES),
  id: nullable(Id('The id of the user or key. Null for the operator, the service and the public.'))
}

const eventMembers = {
  id: Id('The id. Later events have higher ids.'),
  type: oneOf(EVENT_TYPES, 'More types may follow: ignore unknown types.'),
  subject: Type.Object(
    {
      type: Type.String({ description: 'The kind of the changed record, such as `lead`.' }),
      id: Id()
    },
    closed
  ),
  leadId: nullable(Id()),
  clientId: nullable(Id()),
  data: Type.Object(
    {},
    {
      additionalProperties: true,
      description:
        'Data of the event type. It has no personal data of the lead’s person, except `changes` of ' +
        '`lead.resent`: each has the `path` of a value, and the value `from` the lead and `to` the repeat.'
    }
  ),
  createdAt: Instant()
}

const EVENT_EXAMPLE = {
  id: '01938f30-1c2d-7e3f-8a4b-5c6d7e8f9a0b',
  type: 'lead.status_changed',
  subject: { type: 'lead', id: EXAMPLE_IDS.lead },
  leadId: EXAMPLE_IDS.lead,
  clientId: null,
  actor: { type: 'user', id: EXAMPLE_IDS.user },
  data: {
    fromStatusId: EXAMPLE_IDS.statusNew,
    toStatusId: EXAMPLE_IDS.statusLost,
    fromGroup: 'new',
    toGroup: 'lost',
    reason: 'Bought elsewhere',
    code: null,
    stoodSeconds: 5_400
  },
  createdAt: '2026-11-21T18:33:12.345Z'
} as const

const EventSchema = Type.Object(
  { ...eventMembers, actor: Type.Object(actorMembers, closed) },
  { $id: 'Event', ...closed, examples: [EVENT_EXAMPLE] }
)

export const EventPageSchema = pageOf(EventSchema)

export const HISTORY_ENTRY_EXAMPLE = {
  ...EVENT_EXAMPLE,
  actor: { ...EVENT_EXAMPLE.actor, name: 'Anna Nowak' },
  sentence: null,
  names: {
    [EXAMPLE_IDS.statusNew]: 'new',
    [EXAMPLE_IDS.statusLost]: 'lost'
  }
}

export const HistoryEntrySchema = Type.Object(
  {
    ...eventMembers,
    actor: Type.Object({ ...actorMembers, name: nullable(Type.String()) }, closed),
    sentence: nullable(
      Type.String({
        description:
          'The sentence of `data.code` in the language of its reader. Null without a code.'
      })
    ),
    names: Type.Record(Type.String({ format: 'uuid' }), Type.String(), {
      description: 'The names of the statuses, users and queues whose ids are in `data`.'
    })
  },
  {
    $id: 'HistoryEntry',
    ...closed,
    examples: [HISTORY_ENTRY_EXAMPLE]
  }
)

export const HistoryEntryPageSchema = pageOf(HistoryEntrySchema)

export const eventSchemas = [
  EventSchema,
  EventPageSchema,
  HistoryEntrySchema,
  HistoryEntryPageSchema
]

export function presentEvent(event: DomainEvent): Static<typeof EventSchema> {
  const { id, type, subjectType, subjectId, leadId, clientId, actor, data, createdAt } = event
  return {
    id,
    type,
    subject: { type: subjectType, id: subjectId },
    leadId,
    clientId,
    actor,
    data,
    createdAt: createdAt.toISOString()
  }
}

/** Every id that an event's data names, and its actor's: for looking up what they are called. */
export function idsNamedBy({ actor, data }: DomainEvent): string[] {
  const values = Object.values(data).filter((value) => typeof value === 'string')
  const ids = values.filter((value) => UUID.test(value))
  return actor.id === null ? ids : [...ids, actor.id]
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function presentHistoryEntry(
  event: DomainEvent,
  known: ReadonlyMap<string, string>,
  locale: Locale
): Static<typeof HistoryEntrySchema> {
  const { actor, ...rest } = presentEvent(event)
  const named = idsNamedBy({ ...event, actor: { ...event.actor, id: null } })
  const names = named.flatMap((id) => {
    const name = known.get(id)
    return name === undefined ? [] : [[id, name] as const]
  })
  return {
    ...rest,
    actor: { ...actor, name: actor.id === null ? null : (known.get(actor.id) ?? null) },
    sentence: isEventCode(event.data.code) ? sentenceOf(because(event.data.code), locale) : null,
    names: Object.fromEntries(names)
  }
}
