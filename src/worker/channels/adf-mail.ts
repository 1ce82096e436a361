import { prepareAdfMail } from '../../mail/purposes/lead-mails.ts'
import type { PreparedMail } from '../../mail/purposes/prepared-mail.ts'
import { findAnnouncedLead } from './announced-lead.ts'
import type { Channel } from './channel.ts'
import { mailing } from './mailing.ts'
import type { MailContext } from './mailing.ts'

/** The lead as an ADF document, by mail to the dealer's CRM. */
export function adfMailChannel(context: MailContext): Channel<PreparedMail> {
  return {
    async prepare(facts, delivery) {
      const lead = await findAnnouncedLead(facts, delivery)
      return 'obstacle' in lead ? lead : prepareAdfMail(lead)
    },
    ...mailing(context)
  }
}
