import { Type } from '@fastify/type-provider-typebox'

import { closed } from '../shared.ts'

export const NotificationSettingsSchema = Type.Object(
  {
    newLead: Type.Boolean({ description: 'A lead became theirs.' }),
    linkedClient: Type.Boolean({
      description: 'A lead was linked to a client they are responsible for.'
    }),
    offer: Type.Boolean({ description: 'A lead is offered to them or their team.' }),
    offerResponse: Type.Boolean({
      description: 'An offer of theirs was accepted, declined or expired.'
    }),
    feedback: Type.Boolean({ description: 'Feedback on an activity that they scheduled.' })
  },
  {
    $id: 'NotificationSettings',
    ...closed,
    description: 'Which mails about their own work a user gets.',
    examples: [
      { newLead: true, linkedClient: false, offer: true, offerResponse: true, feedback: false }
    ]
  }
)

export const notificationSchemas = [NotificationSettingsSchema]
