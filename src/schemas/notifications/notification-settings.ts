import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import {
  KINDS,
  NOTIFICATION_KINDS,
  USUAL_DIGEST_TIME,
  allModes
} from '../../domain/notifications/kinds.ts'
import type { ChosenModes, NotificationKind } from '../../domain/notifications/kinds.ts'
import { NOTIFICATION_MODES } from '../../domain/deliveries/notification-modes.ts'
import { closed, oneOf, ref } from '../shared.ts'

const DESCRIPTIONS: Record<NotificationKind, string> = {
  newLead: 'A lead was assigned to the user.',
  queuedLead:
    'A lead waits in a queue of the user; owners: in a queue without members, where no mailbox of the ' +
    'dealer hears of leads.',
  takenBackLead: 'The assignment of a lead to the user was undone.',
  linkedClient: 'A lead was linked to a client of the user.',
  offer: 'A lead was offered to the user or the user’s team.',
  offerEnding: 'Such an offer is about to end.',
  offerResponse:
    'An offer of the user was accepted or declined, or expired, or its recipient was deactivated.',
  linkRequest: 'The user was asked to agree that a lead is linked to a client of the user.',
  linkResponse:
    'A request of the user for a link was accepted, declined or withdrawn by others, or expired.',
  feedback: 'An activity that the user planned got feedback.',
  plannedActivity: 'Another user planned an activity for the user, or moved one to them.',
  movedActivity:
    'Another user moved a planned activity of the user to a colleague, or took it from the user.',
  cancelledActivity:
    'Another user cancelled a planned activity of the user, also by deleting its lead.',
  movedLead: 'Another user assigned a lead of the user to a colleague or a queue.',
  newClient: 'Another user made the user responsible for a client.',
  movedClient: 'Another user took a client from the user.',
  leadSale: 'The sale of a lead of the user was recorded or cancelled by another user.',
  reminder: 'The reminder of an activity of the user is due.',
  overdue: 'An activity of the user is overdue.',
  responseWarning: 'The response limit of a lead of the user, or of the user’s queue, is near.',
  responseOverdue: 'The response limit is over. Owners and admins hear of all leads.',
  quietSource: 'A source sends no leads any more. For owners and admins.',
  openLeads:
    'A user who was deactivated has open leads, planned activities, clients or open opportunities. For ' +
    'owners and admins.',
  pendingPromoter:
    'A person signed up as a promoter and waits for approval. For the user of the link, owners and admins.',
  promoterResponse:
    'A promoter of the user was approved or refused by another user, or accepted the invitation.',
  failedMail:
    'A mail to a user or to an address of the dealer failed for good. For owners and admins, of each address ' +
    'once a day.'
}

const Mode = (kind: NotificationKind) =>
  oneOf(
    NOTIFICATION_MODES,
    `${DESCRIPTIONS[kind]} Default: \`${NOTIFICATION_KINDS[kind].usually}\`.`
  )

type Modes = Record<NotificationKind, ReturnType<typeof Mode>>

const modes = Object.fromEntries(KINDS.map((kind) => [kind, Mode(kind)])) as Modes

const NotificationModesSchema = Type.Object(modes, { $id: 'NotificationModes', ...closed })

const WriteNotificationModesSchema = Type.Partial(Type.Object(modes), {
  $id: 'WriteNotificationModes',
  ...closed
})

const DigestTime = () =>
  Type.String({
    pattern: /^([01][0-9]|2[0-3]):[0-5][0-9]$/u.source,
    description: `When the daily digest is sent, \`HH:MM\` in the time zone of the dealer. Default: ${USUAL_DIGEST_TIME}.`
  })

const ABOUT_MODES =
  '`now`: a mail at once. `digest`: in the daily digest. `off`: no mail. The list of notifications has ' +
  'all of them.'

export const NotificationSettingsSchema = Type.Object(
  { kinds: ref(NotificationModesSchema, ABOUT_MODES), digestTime: DigestTime() },
  {
    $id: 'NotificationSettings',
    ...closed,
    description: 'How a user is told of things, by their kind.',
    examples: [
      { kinds: allModes({ linkedClient: 'off', feedback: 'digest' }), digestTime: '07:30' }
    ]
  }
)

export const WriteNotificationSettingsSchema = Type.Object(
  {
    kinds: Type.Optional(ref(WriteNotificationModesSchema, ABOUT_MODES)),
    digestTime: Type.Optional(DigestTime())
  },
  {
    $id: 'WriteNotificationSettings',
    ...closed,
    description: 'How a user is told of things, by their kind. What is left out has its default.',
    examples: [{ kinds: { linkedClient: 'off', feedback: 'digest' }, digestTime: '07:30' }]
  }
)

export const notificationSettingsSchemas = [
  NotificationModesSchema,
  WriteNotificationModesSchema,
  NotificationSettingsSchema,
  WriteNotificationSettingsSchema
]

/** The stored settings, with those that a user has not chosen. */
interface StoredSettings {
  notificationModes: ChosenModes
  digestTime: string
}

export function presentNotificationSettings({
  notificationModes,
  digestTime
}: StoredSettings): Static<typeof NotificationSettingsSchema> {
  return { kinds: allModes(notificationModes), digestTime }
}

/** The settings as they are stored; what is left out has its default. */
export function readNotificationSettings({
  kinds = {},
  digestTime = USUAL_DIGEST_TIME
}: Static<typeof WriteNotificationSettingsSchema>): StoredSettings {
  return { notificationModes: kinds, digestTime }
}
