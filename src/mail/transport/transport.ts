import { createTransport } from 'nodemailer'
import type { AttemptOutcome, SendOutcome } from '../../domain/deliveries/delivery.ts'
import type { AttemptCode } from '../../domain/reasons/delivery-reasons.ts'
import { because } from '../../domain/reasons/reasons.ts'
import type { Reason } from '../../domain/reasons/reasons.ts'
import { isMailAddress } from '../mail-address.ts'
import { checkOutbox, writeToOutbox } from './outbox.ts'
import { cleanResponse, readFailure } from './send-outcome.ts'
import { readSmtpUrl } from './smtp-url.ts'

export interface OutgoingMessage {
  raw: Buffer
  /** Bare addresses. */
  envelope: { from: string; to: string }
  messageId: string
  createdAt: Date
}

export interface MailTransport {
  /** Never throws: every failure is an outcome. */
  send: (message: OutgoingMessage) => Promise<SendOutcome>
  /** Whether mail could be sent now. */
  verify: () => Promise<{ ok: true } | { ok: false; reason: Reason<AttemptCode> }>
  /** Waits for what is being sent, then lets go of every connection. */
  close: () => Promise<void>
}

export interface MailTimeouts {
  connectionMs: number
  greetingMs: number
  /** Silence in mid-conversation. */
  socketMs: number
  /** One whole attempt: a server that sends a byte now and then is never silent. */
  attemptMs: number
}

const DEFAULT_MAIL_TIMEOUTS: MailTimeouts = {
  connectionMs: 10_000,
  greetingMs: 10_000,
  socketMs: 30_000,
  attemptMs: 120_000
}

interface MailTransportOptions {
  /** Null: messages become files in the outbox. */
  smtpUrl: string | null
  outboxDirectory: string
  /** How many messages are sent at once, where the URL does not say. */
  connections?: number
  timeouts?: Partial<MailTimeouts>
}

export function createMailTransport(options: MailTransportOptions): MailTransport {
  const { smtpUrl, outboxDirectory, connections = 5, timeouts } = options
  const channel =
    smtpUrl === null
      ? outboxChannel(outboxDirectory)
      : smtpChannel(smtpUrl, connections, { ...DEFAULT_MAIL_TIMEOUTS, ...timeouts })
  const underway = new Set<Promise<SendOutcome>>()
  let isClosed = false

  return {
    async send(message) {
      const { from, to } = message.envelope
      if (!isMailAddress(from)) return refuse('retry', 'sender_address_invalid')
      if (!isMailAddress(to)) return refuse('refused', 'recipient_address_invalid')
      if (isClosed) return refuse('retry', 'transport_closed')
      const attempt = channel
        .send(message)
        .catch((error: unknown) => readFailure(error, message.envelope))
      underway.add(attempt)
      return await attempt.finally(() => underway.delete(attempt))
    },
    async verify() {
      try {
        await channel.verify()
        return { ok: true }
      } catch (error) {
        return { ok: false, reason: readFailure(error, { from: '', to: '' }).reason }
      }
    },
    async close() {
      isClosed = true
      await Promise.allSettled(underway)
      channel.close()
    }
  }
}

function refuse(
  state: AttemptOutcome,
  code: 'sender_address_invalid' | 'recipient_address_invalid' | 'transport_closed'
): SendOutcome {
  return { state, reason: because(code) }
}

interface Channel {
  send(message: OutgoingMessage): Promise<SendOutcome>
  verify(): Promise<unknown>
  close(): void
}

function smtpChannel(smtpUrl: string, maxConnections: number, timeouts: MailTimeouts): Channel {
  const transporter = createTransport({
    maxConnections,
    ...readSmtpUrl(smtpUrl),
    pool: true,
    connectionTimeout: timeouts.connectionMs,
    dnsTimeout: timeouts.connectionMs,
    greetingTimeout: timeouts.greetingMs,
    socketTimeout: timeouts.socketMs,
    // The pool asks again only where not one byte of a message was sent, as on a connection that
    // the server dropped while idle. All other attempts are ours to count and to space out.
    maxRequeues: 1,
    logger: false,
    disableFileAccess: true,
    disableUrlAccess: true
  })
  // An idle connection's failure has no attempt to belong to, and unheard it would end the process.
  transporter.on('error', () => undefined)

  return {
    async send({ raw, envelope }) {
      const info = await transporter.sendMail({
        // Objects, because a string is parsed and may hold several recipients.
        envelope: {
          from: { name: '', address: envelope.from },
          to: [{ name: '', address: envelope.to }]
        },
        raw,
        signal: AbortSignal.timeout(timeouts.attemptMs)
      })
      const response = cleanResponse(info.response, envelope)
      return { state: 'sent', reason: because('accepted', { response }) }
    },
    verify: async () => await transporter.verify(),
    close() {
      transporter.close()
    }
  }
}

function outboxChannel(directory: string): Channel {
  return {
    async send(message) {
      const file = await writeToOutbox(directory, message)
      return { state: 'sent', reason: because('written_to_outbox', { file }) }
    },
    verify: async () => {
      await checkOutbox(directory)
    },
    close: () => undefined
  }
}
