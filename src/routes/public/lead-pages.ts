import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'

import type { Database, Transaction } from '../../database/client.ts'
import type { Dealer, Locale } from '../../domain/dealers/dealer.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import type { Ended, Waiting } from '../../domain/qualification/waiting.ts'
import type { RouteOptions } from '../../http/options.ts'
import { problems } from '../../http/problems.ts'
import { findUserIdentity } from '../../repositories/access/principals.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { findClientById } from '../../repositories/clients/clients.ts'
import { findLead, findLeadById } from '../../repositories/leads/leads.ts'
import { hasParticipant } from '../../repositories/leads/participants.ts'
import { mailboxReader, readLink } from '../../security/signed-links.ts'
import type { SignedLink } from '../../security/signed-links.ts'
import { findEnded, findWaiting } from '../../use-cases/leads/steps/find-waiting.ts'
import { refuseWithPage } from './error-page.ts'
import { sendExpired } from './expired-link.ts'
import { deletedPage, leadPage, wentPage } from './lead-page.ts'
import { readerLocale, sendPage } from './page.ts'
import { findPlanned } from './planned-section.ts'
import type { PlannedActivity } from './planned-section.ts'
import { signedPage } from './signed-pages.ts'

/** The page of a lead, for who was told of it. */
export const leadPageRoutes: FastifyPluginAsyncTypebox<RouteOptions> = async (
  app,
  { db, now, linkSecret }
) => {
  app.setErrorHandler(refuseWithPage)
  app.get(
    '/l/:token',
    signedPage({
      id: 'showLeadPage',
      summary: 'Show the page of a lead',
      description:
        'The page that the links in mails about a lead open, when the dealer’s setting `leadUrl` is ' +
        'null. The link is signed for its recipient and valid for 30 days. The recipient must be ' +
        'active and see the lead. Nothing can be changed on the page. Planned activities are shown, and marked ' +
        'where they are overdue. An open offer or request says until when ' +
        'and where to answer; one that ended in the last 30 days says how. The language is the one that ' +
        'the user chose, otherwise the first of `Accept-Language` that the service has, otherwise ' +
        'that of the dealer.',
      gone:
        'The link has expired, the lead was deleted, or it went to users whose leads the reader does not ' +
        'see; the page says which.'
    }),
    async (request, reply) => {
      const link = readLink(linkSecret, 'lead', request.params.token)
      if (!link) throw problems.notFound('page')
      if (link.expiresAt <= now()) return await sendExpired(db, request, reply, link)
      const shown = await findShown(db, link, now())
      if (!shown) throw problems.notFound('page')
      const locale = shown.ownLocale ?? readerLocale(request, shown.dealer.locale)
      if ('holder' in shown) return sendPage(reply, wentPage(shown, locale), { status: 410 })
      request.log.info({ leadId: link.id }, 'page of a lead opened')
      const { lead, waiting, ended, planned, dealer } = shown
      if (lead.status.group === 'deleted')
        return sendPage(reply, deletedPage(locale), { status: 410 })
      const until = link.expiresAt
      const content = { lead, waiting, ended, planned, dealer, until, now: now() }
      return sendPage(reply, leadPage(content, locale))
    }
  )
}

interface Shown {
  dealer: Dealer
  ownLocale: Locale | null
}

/**
 * The lead, if the reader may see it now: an active user who sees it, or a mailbox that is told of all.
 * Of a lead that a user was told of and sees no more, where it went.
 */
async function findShown(
  db: Database,
  link: SignedLink,
  now: Date
): Promise<
  | (Shown & { lead: Lead; waiting: Waiting[]; ended: Ended[]; planned: PlannedActivity[] })
  | (Shown & { isConverted: boolean; holder: string | null })
  | null
> {
  const { dealerId, reader } = link
  const identity =
    reader.kind === 'user' ? await findUserIdentity(db, { dealerId, userId: reader.id }) : null
  const principal = identity?.principal ?? null
  if (reader.kind === 'user' && principal === null) return null
  return await db.read(dealerId, async (tx) => {
    const dealer = await findDealer(tx)
    if (!dealer) return null
    const lead =
      reader.kind === 'user'
        ? principal && (await findLead(tx, principal, link.id))
        : isMailbox(dealer, reader.digest)
          ? await findLeadById(tx, link.id)
          : null
    const ownLocale = identity?.locale ?? null
    if (!lead) {
      const went = principal?.kind === 'user' && (await findWhereItWent(tx, principal.id, link.id))
      return went ? { ...went, dealer, ownLocale } : null
    }
    const waiting = await findWaiting(tx, principal, { leadId: lead.id, now })
    const ended = principal ? await findEnded(tx, principal, { leadId: lead.id, now }) : []
    const planned = principal ? await findPlanned(tx, principal, { lead: lead.id }) : []
    return { lead, waiting, ended, planned, dealer, ownLocale }
  })
}

/** Who looks after a lead that a user was told of; null: they were not. A deleted one went nowhere. */
async function findWhereItWent(
  tx: Transaction,
  userId: string,
  leadId: string
): Promise<{ isConverted: boolean; holder: string | null } | null> {
  if (!(await hasParticipant(tx, { leadId, userId }))) return null
  const lead = await findLeadById(tx, leadId)
  if (!lead) return null
  const client = lead.client && (await findClientById(tx, lead.client.id))
  const holder = client?.responsibleUser ?? lead.assignee
  return { isConverted: lead.status.group === 'converted', holder: holder?.name ?? null }
}

function isMailbox({ settings }: Dealer, digest: string): boolean {
  return [settings.leadAddress, settings.testAddress].some((address) => {
    const reader = address === null ? null : mailboxReader(address)
    return reader?.kind === 'mailbox' && reader.digest === digest
  })
}
