import { Type } from '@fastify/type-provider-typebox'
import type { Static } from '@fastify/type-provider-typebox'

import type { Locale } from '../../domain/dealers/dealer.ts'
import {
  ATTEMPT_OUTCOMES,
  DELIVERY_CHANNELS,
  DELIVERY_PURPOSES,
  DELIVERY_STATES
} from '../../domain/deliveries/delivery.ts'
import type {
  Delivery,
  DeliveryAttempt,
  DeliveryChannel
} from '../../domain/deliveries/delivery.ts'
import { ATTEMPT_REASONS, DELIVERY_REASONS } from '../../domain/reasons/delivery-reasons.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { presentReason, reasonMembers, reasonSchema } from '../reason.ts'
import { retrySchemas } from './retry.ts'
import { Id, Instant, closed, nullable, oneOf, pageOf, ref } from '../shared.ts'
import { EXAMPLE_IDS } from '../example-ids.ts'

const DEFERRED = because('receiver_response', { response: '451 Try again later' })

const ATTEMPT_EXAMPLE = {
  number: 1,
  outcome: 'retry',
  ...presentReason(DEFERRED, 'en'),
  durationMs: 214,
  createdAt: '2026-11-21T17:03:13.001Z'
} as const

const DeliveryAttemptSchema = Type.Object(
  {
    number: Type.Integer({
      description: 'The number of the attempt, from 1. A retry continues the count.'
    }),
    outcome: oneOf(
      ATTEMPT_OUTCOMES,
      'The result. `refused`: the receiving server refused the message permanently.'
    ),
    ...reasonMembers(ATTEMPT_REASONS),
    durationMs: Type.Integer(),
    createdAt: Instant('The time when the attempt ended.')
  },
  {
    $id: 'DeliveryAttempt',
    ...closed,
    examples: [ATTEMPT_EXAMPLE]
  }
)

const DeliveryReasonSchema = reasonSchema('DeliveryReason', DELIVERY_REASONS, DEFERRED)

const members = {
  id: Id(),
  leadId: nullable(Id('The lead of the delivery. Null when it has no lead.')),
  purpose: oneOf(
    DELIVERY_PURPOSES,
    'The recipient, and so the content: `assignee_mail` the user whose lead it is, `promoter_mail` the ' +
      'promoter of the lead, `dealer_mail` the shared mailbox, `dealer_adf` the CRM, `responsible_mail` ' +
      'the user of the client that the lead was linked to, `offer_mail` a user to whom the lead is ' +
      'offered, `offer_ending_mail` the same before the offer ends, `offer_response_mail` the user who ' +
      'offered it, `link_request_mail` the user who must agree to a link, `link_response_mail` the user who ' +
      'asked for it, `feedback_mail` the user who planned an activity about it, `taken_back_mail` a user whose lead it no longer is, as its assignment was undone, `queue_mail` a user who ' +
      'works on the queue in which it waits, `planned_mail`, `reminder_mail` and `overdue_mail` the user of an activity, ' +
      '`moved_mail` the user who had it before, `cancelled_mail` the user of one that was cancelled, `moved_lead_mail` a user whose lead went to others, `sale_mail` the ' +
      'assignee of a lead whose sale was recorded or cancelled, `new_client_mail` and `moved_client_mail` the user ' +
      'who got or lost a client, ' +
      '`response_warning_mail` and `response_overdue_mail` those who are to respond, and of the latter ' +
      'owners and admins, `quiet_source_mail` and `open_leads_mail` owners and admins, `pending_promoter_mail` the users who can ' +
      'approve a promoter, `promoter_response_mail` the user of a promoter, `failed_mail` owners and admins, `digest_mail` a user ' +
      'whose notifications come once a day, `auto_response` the person who sent the lead, `promoter_invitation`, ' +
      '`promoter_welcome` and `promoter_refusal` a promoter, `test_mail` the address for tests.'
  ),
  channel: oneOf(
    DELIVERY_CHANNELS,
    '`mail`: an e-mail to a person. `adf_mail`: an e-mail with an ADF document to a CRM.'
  ),
  target: Type.Object(
    { name: nullable(Type.String()), address: Type.String() },
    { ...closed, description: 'The e-mail address of the recipient.' }
  ),
  userId: nullable(
    Id('The team member it is for; they can read what it is about. Null: another recipient.')
  ),
  state: oneOf(
    DELIVERY_STATES,
    '`failed`: no more attempts, unless the delivery is retried. `cancelled`: the message ' +
      'will not be sent.'
  ),
  messageId: Type.String({ description: 'The Message-ID, the same in all attempts.' }),
  attemptCount: Type.Integer(),
  nextAttemptAt: nullable(
    Type.String({
      format: 'date-time',
      description: 'The time of the next attempt. Null during an attempt, and after the last.'
    })
  ),
  reason: nullable(
    ref(DeliveryReasonSchema, 'The reason that it is not sent, or not yet; null: there is none.')
  ),
  sentAt: nullable(Type.String({ format: 'date-time' })),
  version: Type.Integer(),
  createdAt: Instant('When the delivery was created.'),
  updatedAt: Instant()
}

const example = {
  id: EXAMPLE_IDS.delivery,
  leadId: EXAMPLE_IDS.lead,
  purpose: 'assignee_mail',
  channel: 'mail',
  target: { name: 'Anna Nowak', address: 'anna@dealer.example' },
  userId: EXAMPLE_IDS.user,
  state: 'pending',
  messageId: `<${EXAMPLE_IDS.delivery}@desk.example>`,
  attemptCount: 1,
  nextAttemptAt: '2026-11-21T17:03:18.940Z',
  reason: presentReason(DEFERRED, 'en'),
  sentAt: null,
  version: 3,
  createdAt: '2026-11-21T17:03:12.345Z',
  updatedAt: '2026-11-21T17:03:13.001Z'
}

export const DeliverySchema = Type.Object(members, {
  $id: 'Delivery',
  ...closed,
  examples: [example]
})

export const DeliveryWithAttemptsSchema = Type.Object(
  { ...members, attempts: Type.Array(ref(DeliveryAttemptSchema)) },
  {
    $id: 'DeliveryWithAttempts',
    ...closed,
    examples: [
      {
        ...example,
        attempts: [ATTEMPT_EXAMPLE]
      }
    ]
  }
)

/** The media types and examples of the messages of each channel. */
const MAIL = {
  mediaType: 'message/rfc822',
  schema: { type: 'string', examples: ['Subject: New lead for you: Anna Nowak\r\n\r\n…'] }
}
const MESSAGES: Record<DeliveryChannel, { mediaType: string; schema: object }> = {
  mail: MAIL,
  adf_mail: MAIL
}

export function mediaTypeOf({ channel }: Delivery): string {
  return MESSAGES[channel].mediaType
}

/** A response that is a message as it is sent, not wrapped in JSON. */
export const DeliveryMessage = Type.Unsafe<Buffer>({
  description: 'The message, byte for byte, save secrets that are masked.',
  content: Object.fromEntries(
    Object.values(MESSAGES).map(({ mediaType, schema }) => [mediaType, { schema }])
  )
})

export const DeliveryPageSchema = pageOf(DeliverySchema)
export const DeliveryWithAttemptsPageSchema = pageOf(DeliveryWithAttemptsSchema)

export const deliverySchemas = [
  DeliveryAttemptSchema,
  DeliveryReasonSchema,
  DeliverySchema,
  DeliveryWithAttemptsSchema,
  DeliveryPageSchema,
  DeliveryWithAttemptsPageSchema,
  ...retrySchemas
]

export function presentDelivery(delivery: Delivery, locale: Locale): Static<typeof DeliverySchema> {
  const { id, leadId, purpose, channel, target, userId, state, messageId } = delivery
  return {
    id,
    leadId,
    purpose,
    channel,
    target,
    userId,
    state,
    messageId,
    attemptCount: delivery.attempts,
    nextAttemptAt: delivery.nextAttemptAt?.toISOString() ?? null,
    reason: delivery.reason && presentReason(delivery.reason, locale),
    sentAt: delivery.sentAt?.toISOString() ?? null,
    version: delivery.version,
    createdAt: delivery.createdAt.toISOString(),
    updatedAt: delivery.updatedAt.toISOString()
  }
}

/** A delivery with all its attempts, in order. */
export interface DeliveryWithAttempts {
  delivery: Delivery
  attempts: readonly DeliveryAttempt[]
  version: number
}

export function presentDeliveryWithAttempts(
  { delivery, attempts }: DeliveryWithAttempts,
  locale: Locale
): Static<typeof DeliveryWithAttemptsSchema> {
  return {
    ...presentDelivery(delivery, locale),
    attempts: attempts.map((attempt) => presentAttempt(attempt, locale))
  }
}

function presentAttempt(
  { code, facts, createdAt, ...attempt }: DeliveryAttempt,
  locale: Locale
): Static<typeof DeliveryAttemptSchema> {
  return {
    ...attempt,
    ...presentReason({ code, facts }, locale),
    createdAt: createdAt.toISOString()
  }
}
