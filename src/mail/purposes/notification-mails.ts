import type { Transaction } from '../../database/client.ts'
import type { Dealer } from '../../domain/dealers/dealer.ts'
import { TOPIC_MAIL_PURPOSES } from '../../domain/deliveries/topic-purposes.ts'
import type {
  DeliveryObstacle,
  DeliveryPurpose,
  MailDelivery
} from '../../domain/deliveries/delivery.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { because } from '../../domain/reasons/reasons.ts'
import { findUserPrincipal } from '../../repositories/access/principals.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { findMailedUser } from '../../repositories/deliveries/recipients.ts'
import { findSeenLeads } from '../../repositories/leads/candidates.ts'
import { findNotification } from '../../repositories/notifications/notifications.ts'
import { composeNotificationMail } from '../compose/compose-notification-mail.ts'
import { mailedLead } from '../sections/lead-sections.ts'
import { replyToColleague } from './colleague-mailbox.ts'
import { entryUrl, leadUrl } from './lead-url.ts'
import { findTopic } from './notification-topics.ts'
import type { Topic } from './topic.ts'
import { mailboxOf, replyToMailbox } from './person-mailbox.ts'
import type { PreparedMail, Writing } from './prepared-mail.ts'
import { localeOfReader, obstacleToMailing } from './staff-reader.ts'

type TopicPurpose = (typeof TOPIC_MAIL_PURPOSES)[number]

export function isTopicPurpose(purpose: DeliveryPurpose): purpose is TopicPurpose {
  return TOPIC_MAIL_PURPOSES.some((topic) => topic === purpose)
}

type Announced = { lead: Lead; dealer: Dealer } | DeliveryObstacle

/** The mail of a notification, or why it is not sent any more. `findLead` finds the lead it is about. */
export async function prepareNotification(
  tx: Transaction,
  delivery: MailDelivery & { purpose: TopicPurpose },
  now: Date,
  findLead: () => Promise<Announced>
): Promise<PreparedMail | DeliveryObstacle> {
  const user = await findMailedUser(tx, delivery.target.address)
  const unwilling = await obstacleToMailing(tx, user, delivery)
  if (unwilling !== null) return { obstacle: unwilling }
  const [dealer, notification] = [await findDealer(tx), await findNotification(tx, delivery.id)]
  if (!user || !dealer || !notification) return { obstacle: because('notification_removed') }
  const announced = delivery.leadId === null ? null : await findLead()
  if (announced && 'obstacle' in announced) return announced
  const topic = await findTopic(tx, notification, now)
  if ('obstacle' in topic) return topic
  const lead = announced && mailedLead(announced.lead)
  const about = { ...topic, leadId: await seenLead(tx, user.id, topic.leadId ?? delivery.leadId) }
  const { colleagueId, personMailbox = null } = topic
  const person = announced ? mailboxOf(announced.lead.content.contact) : personMailbox
  const reply =
    colleagueId === undefined
      ? replyToMailbox(person, dealer)
      : await replyToColleague(tx, colleagueId, delivery.target)
  return {
    write: (writing) => {
      const linked = { dealer, userId: user.id }
      return {
        ...composeNotificationMail({
          topic: topic.of((listed) => urlOf(listed, linked, writing)),
          locale: localeOfReader(user, dealer),
          dealer,
          lead,
          url: urlOf(about, linked, writing)
        }),
        ...reply
      }
    }
  }
}

/** The lead that the mail links to, unless its reader can't open it any more. */
async function seenLead(
  tx: Transaction,
  userId: string,
  leadId: string | null
): Promise<string | null> {
  const reader = leadId === null ? null : await findUserPrincipal(tx, userId)
  if (leadId === null || reader === null) return null
  return (await findSeenLeads(tx, reader, [leadId])).has(leadId) ? leadId : null
}

interface Linked {
  dealer: Dealer
  userId: string
}

/** Where the reader opens each lead that the mail lists. */
function urlsFor({ dealer, userId }: Linked, writing: Writing): (leadId: string) => string {
  const reader = { kind: 'user', id: userId } as const
  return (id) => leadUrl({ dealer, id, reader }, writing)
}

function urlOf(
  { leadId, ...others }: Pick<Topic, 'leadId' | 'clientId' | 'promoterId' | 'workOfUserId'>,
  linked: Linked,
  writing: Writing
): string | null {
  if (leadId !== null) return urlsFor(linked, writing)(leadId)
  return entryUrl({ leadId: null, ...others }, { ...linked, ...writing })
}
