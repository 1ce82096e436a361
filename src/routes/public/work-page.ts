import type { Dealer, Locale } from '../../domain/dealers/dealer.ts'
import { seesAll } from '../../domain/access/permissions.ts'
import type { User } from '../../domain/access/user.ts'
import { inertLine } from '../../mail/inert-text.ts'
import { entryUrl } from '../../mail/purposes/lead-url.ts'
import { findOpenWork } from '../../mail/purposes/open-work-topic.ts'
import { createFormats } from '../../mail/sections/formats.ts'
import type { OpenWorkLists } from '../../mail/sections/notification-topic.ts'
import { openWorkSections } from '../../mail/sections/open-work-sections.ts'
import { findUser } from '../../repositories/access/users.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { NOTE, sectionHtml } from './lead-page.ts'
import { heading, page, paragraph } from './page.ts'
import { userPageRoutes } from './signed-pages.ts'

/** How many leads, planned activities, clients and opportunities the page lists, each. */
const MAX_LISTED = 100

/** The page of what a user has open, for the owners and admins who give it to others. */
export const workPageRoutes = userPageRoutes({
  path: '/w/:token',
  purpose: 'work',
  id: 'showWorkPage',
  summary: 'Show the open work of a user',
  description:
    'The page that notifications about the open work of a deactivated user lead to: the newest of the ' +
    'user’s open leads, clients and open opportunities, and the most urgent planned activities. The link is ' +
    'signed for its recipient and expires. The recipient must be an active owner or admin. Nothing can be ' +
    'changed on the page. The language is the one that the recipient chose, otherwise the first of ' +
    '`Accept-Language` that the service has, otherwise that of the dealer.',
  show: async ({ link, principal, now, localeOf }, { db, publicUrl, linkSecret }) => {
    if (!seesAll(principal)) return null
    const { dealerId, id, expiresAt: until } = link
    const shown = await db.read(dealerId, async (tx) => {
      const [dealer, user] = [await findDealer(tx), await findUser(tx, id)]
      if (!dealer || !user) return null
      return { dealer, user, work: await findOpenWork(tx, user, MAX_LISTED) }
    })
    if (!shown) return null
    const { dealer, user } = shown
    const linking = { dealer, userId: principal.id, publicUrl: publicUrl(), linkSecret, now }
    const work = shown.work?.((about) => entryUrl(about, linking)) ?? null
    return { html: workPage({ user, work, dealer, until }, localeOf(dealer)) }
  }
})

const WORDING: Record<Locale, { next: string; none: string }> = {
  en: {
    next: 'This work needs another user. What another user has by now is not listed any more.',
    none: 'No work of this user is open.'
  },
  es: {
    next: 'Este trabajo necesita otro usuario. Lo que ya tiene otro usuario no aparece aquí.',
    none: 'Este usuario no tiene trabajo pendiente.'
  },
  pl: {
    next: 'Te sprawy potrzebują innego użytkownika. Nie ma tu tego, co ma już inny użytkownik.',
    none: 'Ten użytkownik nie ma otwartych spraw.'
  }
}

function workPage(
  {
    user,
    work,
    dealer,
    until
  }: {
    user: Pick<User, 'name' | 'active'>
    work: OpenWorkLists | null
    dealer: Dealer
    until: Date
  },
  locale: Locale
): string {
  const formats = createFormats(locale, dealer)
  const title = inertLine(user.name)
  const { next, none } = WORDING[locale]
  const sections = work ? openWorkSections(locale, formats, { ...work, userName: user.name }) : []
  return page(locale, title, [
    heading(title),
    ...(work === null ? [paragraph(none)] : user.active ? [] : [paragraph(next)]),
    ...sections.map(sectionHtml),
    paragraph(NOTE[locale](formats.instant(until)), 'note')
  ])
}
