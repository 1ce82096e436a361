import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { Locale } from '../../domain/dealers/dealer.ts'
import { ACTOR_TYPES } from '../../domain/events/event.ts'
import type { DomainEvent, EventType } from '../../domain/events/event.ts'
import type { Activity } from '../../domain/activities/activity.ts'
import { textsOfValue } from '../../domain/leads/content-changes.ts'
import type { ContentChange } from '../../domain/leads/content-changes.ts'
import type { TimelineEntry } from '../../domain/leads/timeline.ts'
import { ACTIVITY_WORDINGS } from '../../wording/activities.ts'
import { queueName, statusName } from '../../wording/first-names.ts'
import { pointerParts } from '../../domain/text/json-pointer.ts'
import { sentenceOf } from '../../wording/reasons.ts'
import { FACTS_WORDINGS, partName, purposeName } from '../../wording/timeline-facts.ts'
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
import { EXAMPLE_IDS } from '../example-ids.ts'

const KINDS = ['event', 'activity', 'delivery'] as const

const TimelineEntrySchema = Type.Object(
  {
    id: Id('The id of the event, activity or delivery. Later entries have higher ids.'),
    kind: oneOf(KINDS),
    createdAt: Instant(),
    actor: nullable(
      Type.Object(
        { type: oneOf(ACTOR_TYPES), id: nullable(Id()), name: nullable(Type.String()) },
        {
          ...closed,
          description: 'The user or key that did it, or the user who planned the activity.'
        }
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
          id: EXAMPLE_IDS.user,
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
    const sentence = eventSentence(entry, event.sentence, { names, locale })
    return { ...shared, kind: 'event', actor: event.actor, sentence, event }
  }
  if ('activity' in entry) {
    const { activity } = entry
    const by = activity.createdBy
    return {
      ...shared,
      kind: 'activity',
      actor: by === null ? null : { type: 'user', id: by, name: names.get(by) ?? null },
      sentence: activitySentence(activity, names, locale),
      activity: presentActivity(activity)
    }
  }
  const { delivery } = entry
  const to = delivery.target.name ?? delivery.target.address
  const what = purposeName(delivery.purpose, locale)
  const became = `${what}, ${words.deliveries[delivery.state]}`
  return {
    ...shared,
    kind: 'delivery',
    actor: null,
    sentence: joined(
      `${filled(words.mail, { to })}: ${became}`,
      delivery.reason && sentenceOf(delivery.reason, locale)
    ),
    delivery: presentDelivery(delivery, locale)
  }
}

/** What it is, what came of it, what was noted, and who is to do it where that is another user. */
function activitySentence(
  { type, state, outcome, text, feedback, userId, createdBy }: Activity,
  names: ReadonlyMap<string, string>,
  locale: Locale
): string {
  const { types, outcomes } = ACTIVITY_WORDINGS[locale]
  const { for: forWhom, feedback: fedBack } = FACTS_WORDINGS[locale]
  const user = userId === createdBy ? undefined : names.get(userId ?? '')
  const more = [
    outcome && `${outcomes[outcome]}.`,
    user && `${forWhom}: ${user}.`,
    text,
    feedback && `${fedBack}: ${feedback}`
  ]
  const said = more.filter((part) => typeof part === 'string' && part !== '').join(' ')
  return joined(`${types[type]}: ${TIMELINE_WORDINGS[locale].states[state]}`, said)
}

type EventEntry = Extract<TimelineEntry, { event: DomainEvent }>

function eventSentence(
  entry: EventEntry,
  because: string | null,
  { names, locale }: { names: ReadonlyMap<string, string>; locale: Locale }
): string {
  const words = TIMELINE_WORDINGS[locale]
  const { type, data } = entry.event
  const nameOf = (id: unknown) => (typeof id === 'string' ? names.get(id) : undefined)
  const sentence = filled(words.events[variantOf({ type, data })] ?? words.other, {
    from: statusName(nameOf(data.fromStatusId) ?? '–', locale),
    to: statusName(nameOf(data.toStatusId) ?? '–', locale),
    assignee: assignmentOf(data, nameOf, locale)
  })
  const facts = factsOf(entry, nameOf, locale)
  const told = facts === null ? sentence : `${sentence}: ${facts}`
  const { reason } = data
  const said =
    typeof reason === 'string' && reason !== '' ? filled(words.reason, { reason }) : because
  return joined(told, said)
}

type NameOf = (id: unknown) => string | undefined

/** Who has it now, and who had it before. */
function assignmentOf(data: DomainEvent['data'], nameOf: NameOf, locale: Locale): string {
  const placeOf = (userId: unknown, queueId: unknown) => {
    const queue = nameOf(queueId)
    return nameOf(userId) ?? (queue && queueName(queue, locale))
  }
  const from = placeOf(data.fromAssigneeId, data.fromQueueId)
  const to = placeOf(data.toAssigneeId, data.toQueueId) ?? TIMELINE_WORDINGS[locale].noOne
  return from === undefined ? to : `${from} → ${to}`
}

/** What else has to be known of an event: for whom, which client, from what to what. */
function factsOf(entry: EventEntry, nameOf: NameOf, locale: Locale): string | null {
  return FACTS[entry.event.type]?.(entry, nameOf, locale) ?? null
}

type Telling = (entry: EventEntry, nameOf: NameOf, locale: Locale) => string | null

const ofClient: Telling = ({ clientName }) => clientName
const ofRecipient: Telling = ({ event, teamName }, nameOf) =>
  nameOf(event.data.toUserId) ?? teamName

const FACTS: Partial<Record<EventType, Telling>> = {
  'lead.linked': ofClient,
  'lead.converted': ofClient,
  'lead.moved': ofClient,
  'handover.offered': ofRecipient,
  'link_request.asked': ofRecipient,
  'lead.temperature_changed': ({ event: { data } }, _nameOf, locale) => {
    const { temperatures } = FACTS_WORDINGS[locale]
    return `${wordOf(temperatures, data.from) ?? '–'} → ${wordOf(temperatures, data.to) ?? '–'}`
  },
  'lead.qualified': ({ event: { data } }, _nameOf, locale) =>
    wordOf(FACTS_WORDINGS[locale].results, data.result),
  'lead.resent': ({ event: { data } }, _nameOf, locale) => changesOf(data.changes, locale)
}

function wordOf(words: Readonly<Record<string, string>>, value: unknown): string | null {
  return typeof value === 'string' ? (words[value] ?? null) : null
}

/** How many values of a repeat a sentence has: the event has all. */
const MAX_CHANGES = 10

function changesOf(changes: unknown, locale: Locale): string | null {
  if (!Array.isArray(changes)) return null
  const told = (changes as ContentChange[]).slice(0, MAX_CHANGES).flatMap(({ path, from, to }) => {
    const [part] = pointerParts(path)
    const [before = '', after = ''] = [from, to].map((value) => textsOfValue(value).join(' '))
    if (part === 'unmapped' || after === '') return []
    return [`${partName(part, locale)} ${before === '' ? '' : `${before} → `}${after}`]
  })
  return told.length === 0 ? null : told.join(', ')
}

function variantOf({ type, data }: Pick<DomainEvent, 'type' | 'data'>): EventType | EventVariant {
  if (type === 'lead.engaged' && data.type === 'opted_out') return 'lead.opted_out'
  if (type === 'consent.recorded' && data.granted === false) return 'consent.refused'
  if (type === 'sale.updated' && data.fromGroup !== data.toGroup) {
    if (data.toGroup === 'cancelled') return 'sale.cancelled'
    if (data.fromGroup === 'cancelled') return 'sale.restored'
  }
  return type
}

function filled(template: string, values: Record<string, string>): string {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
}

function joined(sentence: string, more: string | null = null): string {
  return more === null || more === '' ? `${sentence}.` : `${sentence}. ${more}`
}
