import type { AttemptCode, CancellationCode, DeliveryCode } from '../reasons/delivery-reasons.ts'
import type { NotificationMode } from './notification-modes.ts'
import { TOPIC_MAIL_PURPOSES } from './topic-purposes.ts'
import type { Reason } from '../reasons/reasons.ts'

/** How messages are sent. */
export const DELIVERY_CHANNELS = ['mail', 'adf_mail'] as const
export type DeliveryChannel = (typeof DELIVERY_CHANNELS)[number]

/** Mails that tell a team member of their work: each decides how they are told (`domain/notifications`). */
export const STAFF_MAIL_PURPOSES = [
  'assignee_mail',
  'responsible_mail',
  'offer_mail',
  'offer_response_mail',
  'link_request_mail',
  'link_response_mail',
  'feedback_mail',
  'queue_mail',
  ...TOPIC_MAIL_PURPOSES
] as const
export type StaffMailPurpose = (typeof STAFF_MAIL_PURPOSES)[number]

/** Mails to promoters about themselves. */
export const PROMOTER_MAIL_PURPOSES = [
  'promoter_invitation',
  'promoter_welcome',
  'promoter_refusal'
] as const
export type PromoterMailPurpose = (typeof PROMOTER_MAIL_PURPOSES)[number]

/** The purposes of the messages of each channel: each determines the recipient and the content. */
const CHANNEL_PURPOSES = {
  mail: [
    ...STAFF_MAIL_PURPOSES,
    'promoter_mail',
    'dealer_mail',
    'digest_mail',
    'test_mail',
    'auto_response',
    ...PROMOTER_MAIL_PURPOSES
  ],
  adf_mail: ['dealer_adf']
} as const satisfies Record<DeliveryChannel, readonly string[]>
type PurposeOf<Channel extends DeliveryChannel> = (typeof CHANNEL_PURPOSES)[Channel][number]

export type DeliveryPurpose = PurposeOf<DeliveryChannel>
export const DELIVERY_PURPOSES: readonly DeliveryPurpose[] = Object.values(CHANNEL_PURPOSES).flat()

export type MailPurpose = PurposeOf<'mail'>

export interface MailTarget {
  name: string | null
  address: string
}

/** Where the messages of each channel go. */
interface ChannelTargets {
  mail: MailTarget
  adf_mail: MailTarget
}
export type DeliveryTarget = ChannelTargets[DeliveryChannel]

/** A purpose with the channel that serves it, and that channel's target. */
type Destination<Channel extends DeliveryChannel> = {
  [Each in Channel]: { channel: Each; purpose: PurposeOf<Each>; target: ChannelTargets[Each] }
}[Channel]

/** A message that a transaction is to owe. */
export type PlannedDelivery<Channel extends DeliveryChannel = DeliveryChannel> =
  Destination<Channel> & {
    aboutId?: string | null
    /** The team member it is for. They can read what it is about. */
    userId?: string | null
    /** When it is sent; left out, or null: at once. */
    dueAt?: Date | null
    /** How the user is told, where that is known; `digest` and `off` are notifications without a mail. */
    mode?: NotificationMode
    /** Tells a notification from all others of its kind and user; left out: there are no equal ones. */
    key?: string
    /** What a notification says beside its records; nothing personal. */
    facts?: Record<string, unknown>
  }

/** A mail to be owed to an address; to team members by `mailToUser`. */
export function mailTo(
  purpose: Exclude<MailPurpose, StaffMailPurpose | 'digest_mail'>,
  address: string,
  name: string | null = null
): PlannedDelivery<'mail'> {
  return { channel: 'mail', purpose, target: { name, address } }
}

/** A mail to be owed to a team member. */
export function mailToUser(
  purpose: StaffMailPurpose,
  { id, email, name }: { id: string; email: string; name: string }
): PlannedDelivery<'mail'> {
  return { channel: 'mail', purpose, target: { name, address: email }, userId: id }
}

/** The daily digest of a team member. */
export function mailOfDigest(
  { id, email, name }: { id: string; email: string; name: string },
  digestId: string
): PlannedDelivery<'mail'> {
  const target = { name, address: email }
  return { channel: 'mail', purpose: 'digest_mail', target, userId: id, aboutId: digestId }
}

/** A mail of a team member about a test lead: only the dealer's test address gets it. */
export function mailToTester(
  purpose: StaffMailPurpose,
  address: string,
  name: string | null = null
): PlannedDelivery<'mail'> {
  return { channel: 'mail', purpose, target: { name, address } }
}

/** An ADF document to be owed to the dealer's CRM. */
export function adfMailTo(address: string): PlannedDelivery<'adf_mail'> {
  return { channel: 'adf_mail', purpose: 'dealer_adf', target: { name: null, address } }
}

export const DELIVERY_STATES = ['pending', 'sent', 'failed', 'cancelled'] as const
export type DeliveryState = (typeof DELIVERY_STATES)[number]

/** One message owed to one recipient. */
export interface Delivery {
  id: string
  /** Null where it is about no lead: a promoter's invitation, a digest. */
  leadId: string | null
  purpose: DeliveryPurpose
  /** The handover, activity, source, user, digest, template, promoter or delivery it tells of, where it tells of one. */
  aboutId: string | null
  channel: DeliveryChannel
  target: DeliveryTarget
  /** The team member it is for; null: another person, or a shared mailbox. */
  userId: string | null
  state: DeliveryState
  messageId: string
  /** Counts on for ever: the number of the latest attempt. */
  attempts: number
  /** Attempts that failed since it was owed, or since a person had it sent again. */
  failures: number
  /** Null while an attempt is under way, and when there will be none. */
  nextAttemptAt: Date | null
  /** The reason that it is not sent, or not yet: of its last attempt, or of its cancellation. */
  reason: Reason<DeliveryCode> | null
  sentAt: Date | null
  version: number
  createdAt: Date
  updatedAt: Date
}

/** How an attempt ended: `retry` where another one may succeed, `refused` where none would. */
export const ATTEMPT_OUTCOMES = ['sent', 'retry', 'refused'] as const
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number]

export type MailDelivery = Delivery & Destination<'mail'>
export type AdfMailDelivery = Delivery & Destination<'adf_mail'>

/** Why a delivery is cancelled: its recipient is not to get it any more. */
export interface DeliveryObstacle {
  obstacle: Reason<CancellationCode>
}

/** How one attempt to send ended. */
export interface SendOutcome {
  state: AttemptOutcome
  reason: Reason<AttemptCode>
}

/** One try at sending. */
export interface DeliveryAttempt extends Reason<AttemptCode> {
  number: number
  outcome: AttemptOutcome
  durationMs: number
  createdAt: Date
}

/** How many deliveries one request sends again at most. */
export const MAX_RETRIED = 1000

/** Attempts interrupted in a row after which a delivery is given up: it may be what kills the worker. */
export const MAX_INTERRUPTIONS = 10

/**
 * How long to wait after the given number of failed attempts, in seconds, or null: give up.
 * A quarter of the wait is spread by `jitter` (0..1), so that what failed together does not return
 * together.
 */
export function retryDelaySeconds(
  attempts: number,
  schedule: readonly number[],
  jitter: number
): number | null {
  const wait = schedule[attempts - 1]
  return wait === undefined ? null : wait * (1 + jitter / 4)
}
