import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { Locale } from '../../domain/dealers/dealer.ts'
import { ACTOR_TYPES } from '../../domain/events/event.ts'
import type { DomainEvent, EventType } from '../../domain/events/event.ts'
import type { TimelineEntry } from '../../domain/leads/timeline.ts'
import { ACTIVITY_WORDINGS } from '../../wording/activities.ts'
import { queueName, statusName } from '../../wording/first-names.ts'
import { TIMELINE_WORDINGS } from '../../wording/timeline.ts'
import type { EventVariant } from '../../wording/timeline.ts'
import { ActivitySchema, presentActivity } from '../activities/activity.ts'
import { DeliverySchema, presentDelivery } from '../deliveries/delivery.ts'
import {
  HISTORY_ENTRY_EXAMPLE,
  HistoryEntrySchema,
  idsNamedBy,
  presentHistoryEntry
} from '../events/event.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf, ref } from '../shared.ts'

const KINDS = ['event', 'activity', 'delivery'] as const

const TimelineEntrySchema = Type.Object(
  {
    id: Id('The id of the event, activity or delivery. Later entries have higher ids.'),
    kind: oneOf(KINDS),
    createdAt: Instant(),
    actor: nullable(
      Type.Object(
        { type: oneOf(ACTOR_TYPES), id: nullable(Id()), name: nullable(Type.String()) },
        { ...closed, description: 'Who did it, or arranged the activity.' }
      )
    ),
    sentence: Type.String({
      description: 'What happened, in the language of the user who reads it.'
    }),
    event: nullable(ref(HistoryEntrySchema)),
    activity: nullable(ref(ActivitySchema)),
    delivery: nullable(ref(DeliverySchema))
  },
  {
    $id: 'TimelineEntry',
    ...closed,
    description: 'One of `event`, `activity` and `delivery` is there: that of the kind.',
    examples: [
      {
        id: '01938f30-1c2d-7e3f-8a4b-5c6d7e8f9a0b',
        kind: 'event',
        createdAt: '2026-11-21T18:33:12.345Z',
        actor: {
          type: 'user',
          id: '0190a5b2-7c1e-7c3a-9a51-0f2d3c4b5a69',
          name: 'Anna Nowak'
        },
        sentence: 'Status: New → Lost. Reason: Bought elsewhere.',
        event: HISTORY_ENTRY_EXAMPLE,
        activity: null,
        delivery: null
      }
    ]
  }
)

export const TimelinePageSchema = pageOf(TimelineEntrySchema)

export const timelineSchemas = [TimelineEntrySchema, TimelinePageSchema]

/** The ids whose names an entry shows. */
export function idsOfEntry(entry: TimelineEntry): string[] {
  if ('event' in entry) return idsNamedBy(entry.event)
  if (!('activity' in entry)) return []
  return [entry.activity.createdBy, entry.activity.userId].filter((id) => id !== null)
}

export function presentTimelineEntry(
  entry: TimelineEntry,
  names: ReadonlyMap<string, string>,
  locale: Locale
): Static<typeof TimelineEntrySchema> {
  const shared = {
    id: entry.id,
    createdAt: entry.createdAt.toISOString(),
    ...{ event: null, activity: null, delivery: null }
  }
  const words = TIMELINE_WORDINGS[locale]
  if ('event' in entry) {
    const event = presentHistoryEntry(entry.event, names, locale)
    const sentence = eventSentence(entry.event, event.sentence, { names, locale })
    return { ...shared, kind: 'event', actor: event.actor, sentence, event }
  }
  if ('activity' in entry) {
    const { activity } = entry
    const by = activity.createdBy
    return {
      ...shared,
      kind: 'activity',
      actor: by === null ? null : { type: 'user', id: by, name: names.get(by) ?? null },
      sentence: joined(
        `${ACTIVITY_WORDINGS[locale].types[activity.type]}: ${words.states[activity.state]}`,
        activity.text
      ),
      activity: presentActivity(activity)
    }
  }
  const { delivery } = entry
  const to = delivery.target.name ?? delivery.target.address
  return {
    ...shared,
    kind: 'delivery',
    actor: null,
    sentence: joined(`${filled(words.mail, { to })}: ${words.deliveries[delivery.state]}`),
    delivery: presentDelivery(delivery, locale)
  }
}

function eventSentence(
  { type, data }: DomainEvent,
  because: string | null,
  { names, locale }: { names: ReadonlyMap<string, string>; locale: Locale }
): string {
  const words = TIMELINE_WORDINGS[locale]
  const nameOf = (id: unknown) => (typeof id === 'string' ? names.get(id) : undefined)
  const sentence = filled(words.events[variantOf({ type, data })] ?? words.other, {
    from: statusName(nameOf(data.fromStatusId) ?? '–', locale),
    to: statusName(nameOf(data.toStatusId) ?? '–', locale),
    assignee: nameOf(data.toAssigneeId) ?? queueName(nameOf(data.toQueueId) ?? words.noOne, locale)
  })
  const { reason } = data
  const said =
    typeof reason === 'string' && reason !== '' ? filled(words.reason, { reason }) : because
  return joined(sentence, said)
}

function variantOf({ type, data }: Pick<DomainEvent, 'type' | 'data'>): EventType | EventVariant {
  if (type === 'lead.engaged' && data.type === 'opted_out') return 'lead.opted_out'
  if (type === 'consent.recorded' && data.granted === false) return 'consent.refused'
  return type
}

function filled(template: string, values: Record<string, string>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
}

function joined(sentence: string, more: string | null = null): string {
  return more === null || more === '' ? `${sentence}.` : `${sentence}. ${more}`
}
