import type { AdfMailDelivery, MailDelivery } from '../../domain/deliveries/delivery.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { buildMessage } from '../../mail/build-message.ts'
import { isMailAddress } from '../../mail/mail-address.ts'
import type { Mailbox } from '../../mail/mail-address.ts'
import { UnwritableMail } from '../../mail/purposes/prepared-mail.ts'
import type { PreparedMail, WrittenMail } from '../../mail/purposes/prepared-mail.ts'
import type { MailTransport } from '../../mail/transport/transport.ts'
import type { Channel } from './channel.ts'

type Mailed = MailDelivery | AdfMailDelivery

/** The dependencies of the mail channels. */
export interface MailContext {
  transport: Pick<MailTransport, 'send'>
  from: Mailbox
  publicUrl: string
  linkSecret: string
}

/** How every mail is composed and sent, for all purposes. */
export function mailing({
  transport,
  from,
  publicUrl,
  linkSecret
}: MailContext): Pick<Channel<PreparedMail>, 'compose' | 'send'> {
  return {
    async compose(delivery: Mailed, prepared, now) {
      if (!isMailAddress(delivery.target.address)) {
        return { refusal: because('recipient_address_invalid') }
      }
      try {
        const written = await prepared.write({ from, publicUrl, linkSecret, now })
        return { message: await buildMail(delivery, from, written) }
      } catch (error) {
        if (error instanceof UnwritableMail) return { refusal: error.reason }
        throw error
      }
    },
    async send({ messageId, target, createdAt }: Mailed, message) {
      return await transport.send({
        raw: Buffer.from(message, 'utf8'),
        envelope: { from: from.address, to: target.address },
        messageId,
        createdAt
      })
    }
  }
}

async function buildMail(delivery: Mailed, from: Mailbox, written: WrittenMail): Promise<string> {
  const { fromName, replyTo, date, isReply, unsubscribeUrl, ...mail } = written
  const raw = await buildMessage(mail, {
    from: fromName === undefined ? from : { ...from, name: fromName },
    to: { name: delivery.target.name ?? '', address: delivery.target.address },
    messageId: delivery.messageId,
    date: date ?? delivery.createdAt,
    ...(replyTo ? { replyTo } : {}),
    ...(isReply === undefined ? {} : { isReply }),
    ...(unsubscribeUrl === undefined ? {} : { unsubscribeUrl })
  })
  return raw.toString('utf8')
}
