import type { AttemptCode } from '../../domain/reasons/delivery-reasons.ts'
import type { Reason } from '../../domain/reasons/reasons.ts'
import type { ComposedMail } from '../build-message.ts'
import type { Mailbox } from '../mail-address.ts'

/** The context of composition, besides the facts. */
export interface Writing {
  from: Mailbox
  publicUrl: string
  /** Signs the addresses of our pages. */
  linkSecret: string
  now: Date
}

/** The content of a mail, and its envelope. */
export interface WrittenMail extends ComposedMail {
  /** The displayed sender, if it is not the installation. */
  fromName?: string
  /** The address for replies, if it is not the sender. */
  replyTo?: Mailbox
  /** When it was written, where it waited for that: after quiet hours. Default: when it was owed. */
  date?: Date
  /** Whether the mail is an auto-response. */
  isReply?: boolean
  /** Where one POST ends such mails. */
  unsubscribeUrl?: string
}

/** Thrown where a mail can't be written until a person corrects its data. */
export class UnwritableMail extends Error {
  readonly reason: Reason<AttemptCode>

  constructor(reason: Reason<AttemptCode>) {
    super(reason.code)
    this.reason = reason
  }
}

/** A mail whose facts hold: it can be written now, from them. */
export interface PreparedMail {
  write: (writing: Writing) => WrittenMail | Promise<WrittenMail>
}
