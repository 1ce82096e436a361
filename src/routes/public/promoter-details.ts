import type { Dealer, Locale } from '../../domain/dealers/dealer.ts'
import { inertLine } from '../../mail/inert-text.ts'
import { promoterSection } from '../../mail/sections/promoter-section.ts'
import { createFormats } from '../../mail/sections/formats.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { findPromoterToMail } from '../../repositories/promoters/promoter-mails.ts'
import type { MailedPromoter } from '../../repositories/promoters/promoter-mails.ts'
import { findPromoter } from '../../repositories/promoters/promoters.ts'
import { NOTE, sectionHtml } from './lead-page.ts'
import { heading, page, paragraph } from './page.ts'
import { userPageRoutes } from './signed-pages.ts'

/** The page of a promoter for the users who can approve, and for the promoter's user. */
export const promoterDetailRoutes = userPageRoutes({
  path: '/p/:token',
  purpose: 'promoter',
  id: 'showPromoterDetails',
  summary: 'Show a promoter to a user',
  description:
    'The page that the links in mails to users about a promoter open, when the dealer’s setting ' +
    '`promoterUrl` is null. The link is signed for its recipient and valid for 30 days. The ' +
    'recipient must be active and see the promoter. Nothing can be changed on the page. The ' +
    'language is the one that the user chose, otherwise the first of `Accept-Language` that the ' +
    'service has, otherwise that of the dealer.',
  show: async ({ link, principal, localeOf }, { db }) => {
    const { dealerId, id, expiresAt: until } = link
    const [dealer, promoter] = await db.read(dealerId, async (tx) => [
      await findDealer(tx),
      (await findPromoter(tx, principal, id)) && (await findPromoterToMail(tx, id))
    ])
    if (!dealer || !promoter) return null
    return { html: promoterDetails({ promoter, dealer, until }, localeOf(dealer)) }
  }
})

const HOW: Record<Locale, string> = {
  en: 'The promoter’s user, an owner or an admin can approve or refuse the promoter.',
  es: 'El usuario del promotor, un propietario o un administrador puede aprobarlo o rechazarlo.',
  pl: 'Zatwierdzić lub odrzucić zgłoszenie może użytkownik polecającego, właściciel lub administrator.'
}

function promoterDetails(
  { promoter, dealer, until }: { promoter: MailedPromoter; dealer: Dealer; until: Date },
  locale: Locale
): string {
  const formats = createFormats(locale, dealer)
  const title = inertLine(promoter.name)
  return page(locale, title, [
    heading(title),
    ...(promoter.state === 'pending' ? [paragraph(HOW[locale])] : []),
    ...promoterSection(locale, promoter).map(sectionHtml),
    paragraph(NOTE[locale](formats.instant(until)), 'note')
  ])
}
