import { Type } from '@fastify/type-provider-typebox'

import { closed } from '../shared.ts'

export const NotificationSettingsSchema = Type.Object(
  {
    newLead: Type.Boolean({ description: 'A lead was assigned to the user.' }),
    linkedClient: Type.Boolean({
      description: 'A lead was linked to a client of the user.'
    }),
    offer: Type.Boolean({ description: 'A lead was offered to the user or the user’s team.' }),
    offerResponse: Type.Boolean({
      description: 'An offer of the user was accepted or declined, or expired.'
    }),
    linkRequest: Type.Boolean({
      description: 'The user was asked to agree that a lead is linked to a client of the user.'
    }),
    linkResponse: Type.Boolean({
      description: 'A request of the user for a link was accepted or declined, or expired.'
    }),
    feedback: Type.Boolean({ description: 'An activity that the user scheduled got feedback.' })
  },
  {
    $id: 'NotificationSettings',
    ...closed,
    description: 'The notification mails of a user: `true` turns a kind on.',
    examples: [
      {
        newLead: true,
        linkedClient: false,
        offer: true,
        offerResponse: true,
        linkRequest: true,
        linkResponse: true,
        feedback: false
      }
    ]
  }
)

export const notificationSchemas = [NotificationSettingsSchema]
