import type { AttemptCode } from '../../domain/reasons/delivery-reasons.ts'
import type { Reason } from '../../domain/reasons/reasons.ts'
import type { ComposedMail } from '../build-message.ts'
import type { Mailbox } from '../mail-address.ts'

/** What composing needs beside the facts. */
export interface Writing {
  from: Mailbox
  publicUrl: string
  now: Date
}

/** What a mail says, and how it is sent. */
export interface WrittenMail extends ComposedMail {
  /** Whom the mail is from in the reader's eyes, where that is not the installation. */
  fromName?: string
  /** Where the reader's answer goes, where that is not the sender. */
  replyTo?: Mailbox
  /** When it was written, where it waited for that: after quiet hours. Default: when it was owed. */
  date?: Date
  /** What the person sent us is answered by itself. */
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
