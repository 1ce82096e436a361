import type { Transaction } from '../../database/client.ts'
import type { Dealer, Locale } from '../../domain/dealers/dealer.ts'
import type { DeliveryObstacle, MailDelivery } from '../../domain/deliveries/delivery.ts'
import { NOTIFICATION_KINDS } from '../../domain/notifications/kinds.ts'
import { readMovedFacts } from '../../domain/notifications/moved-facts.ts'
import type { MovedFacts } from '../../domain/notifications/moved-facts.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { findUserPrincipal } from '../../repositories/access/principals.ts'
import { findClients } from '../../repositories/clients/clients.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { findMailedUser } from '../../repositories/deliveries/recipients.ts'
import { findDigested } from '../../repositories/notifications/digested.ts'
import { findSeenLeads } from '../../repositories/leads/candidates.ts'
import type { DigestedNotification } from '../../repositories/notifications/digested.ts'
import { sourceName } from '../../wording/first-names.ts'
import { composeDigestMail } from '../compose/compose-digest-mail.ts'
import { notificationWordingFor } from '../wording/notification-wording.ts'
import { entryUrl, leadUrl } from './lead-url.ts'
import type { PreparedMail, Writing } from './prepared-mail.ts'
import { localeOfReader, obstacleToMailing } from './staff-reader.ts'

/** How many notifications a digest tells one by one; `GET /v1/notifications` has all. */
const MAX_ITEMS = 100

/** The daily digest of a user, or why it is not sent. */
export async function prepareDigest(
  tx: Transaction,
  delivery: MailDelivery,
  now: Date
): Promise<PreparedMail | DeliveryObstacle> {
  const { aboutId, target } = delivery
  const [dealer, user] = [await findDealer(tx), await findMailedUser(tx, target.address)]
  const unwilling = await obstacleToMailing(tx, user, delivery)
  if (unwilling !== null) return { obstacle: unwilling }
  const digested =
    aboutId === null ? null : await findDigested(tx, aboutId, { limit: MAX_ITEMS, now })
  if (!dealer || !user || !digested || digested.total === 0) {
    return { obstacle: because('digest_empty') }
  }
  const reader = await findUserPrincipal(tx, user.id)
  const clientIds = digested.shown.flatMap(({ client }) => client?.id ?? [])
  const leadIds = digested.shown.flatMap(({ leadId }) => leadId ?? [])
  const clients = reader ? await findClients(tx, reader, clientIds) : []
  const leads = reader ? await findSeenLeads(tx, reader, leadIds) : []
  const seen = new Set([...clients.map(({ id }) => id), ...leads])
  const locale = localeOfReader(user, dealer)
  return {
    write: (writing) =>
      composeDigestMail({
        locale,
        dealer,
        total: digested.total,
        items: digested.shown.map((told) => ({
          kind: told.kind,
          at: told.createdAt,
          name: nameOf(told, locale),
          activity: told.activity,
          answerBy: told.expiresAt ?? timeOf(told.facts.respondBy),
          moved: movedOf(told),
          url: urlOf(told, { dealer, userId: user.id, seen }, writing)
        }))
      })
  }
}

function nameOf(told: DigestedNotification, locale: Locale): string | null {
  const { clients } = told.facts
  if (told.kind === 'newClient' && typeof clients === 'number') {
    return `${notificationWordingFor(locale).rows.clients}: ${clients}`
  }
  const { leadName, client, source, promoterName, userName, recipient } = told
  const ofSource = source && sourceName(source, locale)
  return leadName ?? client?.name ?? ofSource ?? promoterName ?? userName ?? recipient
}

/** How many leads, activities and opportunities went with a client. */
function movedOf({ facts }: DigestedNotification): Record<keyof MovedFacts, number> {
  const { leads, activities, opportunities } = readMovedFacts(facts)
  return {
    leads: leads.count,
    activities: activities.count,
    opportunities: opportunities.count
  }
}

/** Where the reader opens what a line is about: its lead, else its client or promoter; null: they see none of it. */
function urlOf(
  { kind, leadId, aboutId, client }: DigestedNotification,
  { seen, ...linked }: { dealer: Dealer; userId: string; seen: ReadonlySet<string> },
  writing: Writing
): string | null {
  const { dealer, userId } = linked
  const reader = { kind: 'user', id: userId } as const
  if (leadId !== null)
    return seen.has(leadId) ? leadUrl({ dealer, id: leadId, reader }, writing) : null
  const promoterId = NOTIFICATION_KINDS[kind].about === 'promoter' ? aboutId : null
  const clientId = client && seen.has(client.id) ? client.id : null
  const workOfUserId = kind === 'openLeads' ? aboutId : null
  const about = { leadId, clientId, promoterId, workOfUserId }
  return entryUrl(about, { ...linked, ...writing })
}

function timeOf(fact: unknown): Date | null {
  return typeof fact === 'string' ? new Date(fact) : null
}
