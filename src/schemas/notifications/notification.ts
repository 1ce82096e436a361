import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { Locale } from '../../domain/dealers/dealer.ts'
import {
  KINDS,
  NOTIFICATION_KINDS,
  NOTIFICATION_SUBJECTS
} from '../../domain/notifications/kinds.ts'
import { NOTIFICATION_MODES } from '../../domain/deliveries/notification-modes.ts'
import type { NamedNotification } from '../../domain/notifications/notification.ts'
import { ACTIVITY_STATES, ACTIVITY_TYPES } from '../../domain/activities/activity.ts'
import { recognisableName } from '../../domain/leads/contact.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { NOTIFICATION_TITLES } from '../../wording/notifications.ts'
import { LEAD_EXAMPLE, LeadSchema, LeadStatusSchema } from '../leads/lead.ts'
import { Id, Instant, ReferenceSchema, closed, nullable, oneOf, pageOf, ref } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

const NotifiedLeadSchema = Type.Object(
  {
    id: Id(),
    displayName: LeadSchema.properties.displayName,
    email: nullable(Type.String({ description: 'The main e-mail address.' })),
    phone: nullable(Type.String({ description: 'The main phone number.' })),
    status: ref(LeadStatusSchema),
    receivedAt: Instant()
  },
  { ...closed, description: 'That lead as it is now. Null: there is none, or you do not see it.' }
)

const NotifiedActivitySchema = Type.Object(
  {
    id: Id(),
    type: oneOf(ACTIVITY_TYPES),
    state: oneOf(ACTIVITY_STATES),
    dueAt: nullable(Instant()),
    text: nullable(Type.String())
  },
  { ...closed, description: 'The activity that it is about, as it is now.' }
)

const LEAD = {
  id: LEAD_EXAMPLE.id,
  displayName: LEAD_EXAMPLE.displayName,
  email: LEAD_EXAMPLE.contact.email,
  phone: LEAD_EXAMPLE.contact.phone,
  status: LEAD_EXAMPLE.status,
  receivedAt: LEAD_EXAMPLE.receivedAt
}

export const NotificationSchema = Type.Object(
  {
    id: Id('The id, which is also that of its mail in the list of deliveries, if it has one.'),
    kind: oneOf(KINDS, 'More kinds may follow.'),
    title: Type.String({ description: 'The kind in the language of the user.' }),
    subject: Type.Object(
      { type: oneOf(NOTIFICATION_SUBJECTS), id: Id() },
      { ...closed, description: 'The record that it is about.' }
    ),
    leadId: nullable(Id('The lead of that record. Null: it has none.')),
    lead: nullable(NotifiedLeadSchema),
    activity: nullable(NotifiedActivitySchema),
    client: nullable(
      ref(
        ReferenceSchema,
        'The client that it is about, or that of the activity, the request or the lead.'
      )
    ),
    source: nullable(ref(ReferenceSchema, 'The source that it is about.')),
    user: nullable(
      ref(
        ReferenceSchema,
        'The user that it is about, or the colleague who offers, asks or answers.'
      )
    ),
    promoter: nullable(ref(ReferenceSchema, 'The promoter that it is about.')),
    path: nullable(
      Type.String({
        description:
          'The path of the record, `subject`, in this API. Null: you can’t open it any more, or it was removed.'
      })
    ),
    url: nullable(
      Type.String({
        description:
          'The page of the lead, client, promoter or open work for people: by the dealer’s `leadUrl`, ' +
          '`clientUrl` or `promoterUrl`, otherwise our own page, which is for you only. Null: there is none.'
      })
    ),
    facts: Type.Object(
      {},
      { additionalProperties: true, description: 'Times, numbers and ids. No personal data.' }
    ),
    mode: oneOf(
      NOTIFICATION_MODES,
      'How it is told: `now` by a mail at once, `digest` by the daily digest, `off` by no mail.'
    ),
    readAt: nullable(Instant('When it was marked as read. Null: it is unread.')),
    createdAt: Instant()
  },
  {
    $id: 'Notification',
    ...closed,
    examples: [
      {
        id: EXAMPLE_IDS.notification,
        kind: 'responseWarning',
        title: 'A lead waits for an answer',
        subject: { type: 'lead', id: EXAMPLE_IDS.lead },
        leadId: EXAMPLE_IDS.lead,
        lead: LEAD,
        activity: null,
        client: null,
        source: null,
        user: null,
        promoter: null,
        path: `/v1/leads/${LEAD_EXAMPLE.id}`,
        url: `https://crm.dealer.example/leads/${LEAD_EXAMPLE.id}`,
        facts: { respondBy: '2026-11-21T17:33:12.345Z' },
        mode: 'now',
        readAt: null,
        createdAt: '2026-11-21T17:23:12.345Z'
      }
    ]
  }
)

export const NotificationPageSchema = pageOf(NotificationSchema)

export const notificationSchemas = [NotificationSchema, NotificationPageSchema]

/** Where each record is read. */
const COLLECTIONS = {
  lead: 'leads',
  activity: 'activities',
  handover: 'handovers',
  source: 'sources',
  user: 'users',
  promoter: 'promoters',
  delivery: 'deliveries'
} as const satisfies Record<(typeof NOTIFICATION_SUBJECTS)[number], string>

/** A notification and the address of its page for people, if there is one. */
export type LinkedNotification = NamedNotification & { url: string | null }

export function presentNotification(
  { aboutId, readAt, createdAt, userId: _, isOpen, ...notification }: LinkedNotification,
  locale: Locale
): Static<typeof NotificationSchema> {
  const { id, kind, leadId, lead, activity } = notification
  const { about } = NOTIFICATION_KINDS[kind]
  // Beside its lead, a mail may be about an event of that.
  const subjectId = (about === 'lead' ? leadId : aboutId) ?? id
  return {
    ...notification,
    title: NOTIFICATION_TITLES[locale][kind],
    subject: { type: about, id: subjectId },
    lead: lead && presentNotifiedLead(lead),
    activity: activity && { ...activity, dueAt: activity.dueAt?.toISOString() ?? null },
    path: isOpen ? `/v1/${COLLECTIONS[about]}/${subjectId}` : null,
    readAt: readAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString()
  }
}

function presentNotifiedLead({ id, content, status, receivedAt }: Lead) {
  const { emails, phones } = content.contact
  return {
    id,
    displayName: recognisableName(content.contact),
    email: emails[0]?.address ?? null,
    phone: phones[0]?.number ?? null,
    status,
    receivedAt: receivedAt.toISOString()
  }
}
