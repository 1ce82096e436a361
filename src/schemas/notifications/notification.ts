import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { Locale } from '../../domain/dealers/dealer.ts'
import {
  KINDS,
  NOTIFICATION_KINDS,
  NOTIFICATION_SUBJECTS
} from '../../domain/notifications/kinds.ts'
import { NOTIFICATION_MODES } from '../../domain/deliveries/notification-modes.ts'
import type { Notification } from '../../domain/notifications/notification.ts'
import { NOTIFICATION_TITLES } from '../../wording/notifications.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf } from '../shared.ts'

export const NotificationSchema = Type.Object(
  {
    id: Id('The id, which is also that of its mail in the list of deliveries, if it has one.'),
    kind: oneOf(KINDS, 'More kinds may follow.'),
    title: Type.String({ description: 'The kind in the language of the user.' }),
    subject: Type.Object(
      { type: oneOf(NOTIFICATION_SUBJECTS), id: Id() },
      { ...closed, description: 'The record that it is about. Its recipient can read it.' }
    ),
    leadId: nullable(Id('The lead of that record. Null: it has none.')),
    facts: Type.Object(
      {},
      { additionalProperties: true, description: 'Times and numbers. No personal data.' }
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
        id: '01938f2e-0007-7000-8000-000000000001',
        kind: 'responseWarning',
        title: 'A lead waits for an answer',
        subject: { type: 'lead', id: '01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e' },
        leadId: '01938f2e-5b7a-7c31-8d54-3f1a2b4c5d6e',
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

export function presentNotification(
  { id, kind, leadId, aboutId, facts, mode, readAt, createdAt }: Notification,
  locale: Locale
): Static<typeof NotificationSchema> {
  const { about } = NOTIFICATION_KINDS[kind]
  // Beside its lead, a mail may be about an event of that.
  const subjectId = about === 'lead' ? leadId : aboutId
  return {
    id,
    kind,
    title: NOTIFICATION_TITLES[locale][kind],
    subject: { type: about, id: subjectId ?? id },
    leadId,
    facts,
    mode,
    readAt: readAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString()
  }
}
