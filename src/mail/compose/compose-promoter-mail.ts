import type { Dealer, Locale } from '../../domain/dealers/dealer.ts'
import type { LeadMail } from './compose-lead-mail.ts'
import { createFormats } from '../sections/formats.ts'
import { shorten } from '../inert-text.ts'
import { naming } from '../sections/naming.ts'
import { promoterWordingFor } from '../wording/promoter-wording.ts'
import { renderHtml, renderText } from '../sections/render-sections.ts'
import { row, sectionOf } from '../sections/rows.ts'

/** The facts of mails to promoters. */
type PromoterContext =
  | { topic: 'welcome' | 'refusal' }
  | { topic: 'invitation'; invitedBy: string | null; message: string | null; expiresAt: Date }

interface PromoterMailInput {
  context: PromoterContext
  locale: Locale
  dealer: Dealer
  /** With the secret in it. Null: the mail leads nowhere. */
  url: string | null
}

const SUBJECT_LIMIT = 140

/** Writes an invitation, a welcome or a refusal to a promoter. */
export function composePromoterMail({ context, locale, dealer, url }: PromoterMailInput): LeadMail {
  const wording = promoterWordingFor(locale)
  const { topic } = context
  const subject = shorten(naming(dealer, wording.subjects[topic]), SUBJECT_LIMIT)
  const formats = createFormats(locale, dealer)
  const { rows } = wording
  const document = {
    locale,
    title: subject,
    paragraphs: [naming(dealer, wording.intros[topic]), wording.notes[topic]],
    sections:
      context.topic !== 'invitation'
        ? []
        : sectionOf(wording.section, [
            ...row(rows.invitedBy, context.invitedBy),
            ...row(rows.message, context.message),
            ...row(rows.expiresAt, formats.instant(context.expiresAt))
          ]),
    link: url === null || topic === 'refusal' ? null : { label: wording.links[topic], url },
    footer: naming(dealer, wording.footer)
  }
  return { subject, text: renderText(document), html: renderHtml(document) }
}
