import type { DeliveryChannel } from '../../domain/deliveries/delivery.ts'
import { adfMailChannel } from './adf-mail.ts'
import type { Channel } from './channel.ts'
import { mailChannel } from './mail.ts'
import type { MailContext } from './mailing.ts'

export type Channels = Readonly<Record<DeliveryChannel, Channel>>

/** Every channel that a delivery can name. */
export function createChannels(context: MailContext): Channels {
  return { mail: mailChannel(context), adf_mail: adfMailChannel(context) }
}
