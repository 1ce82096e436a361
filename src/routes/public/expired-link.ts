import type { FastifyReply, FastifyRequest } from 'fastify'

import type { Database } from '../../database/client.ts'
import { findUserIdentity } from '../../repositories/access/principals.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import type { SignedLink } from '../../security/signed-links.ts'
import { contactLines } from './contact-lines.ts'
import { errorPage } from './error-page.ts'
import { readerLocale, sendPage } from './page.ts'

/** The page of a signed link that has expired: it names the dealer, whom only its recipient got to know. */
export async function sendExpired(
  db: Database,
  request: FastifyRequest,
  reply: FastifyReply,
  { dealerId, reader }: SignedLink
): Promise<never> {
  const dealer = await db.read(dealerId, findDealer)
  const identity =
    dealer && reader.kind === 'user'
      ? await findUserIdentity(db, { dealerId, userId: reader.id })
      : null
  const locale = identity?.locale ?? readerLocale(request, dealer?.locale ?? 'en')
  const html = errorPage(locale, 410, dealer ? contactLines(dealer) : [])
  return sendPage(reply, html, { status: 410 })
}
