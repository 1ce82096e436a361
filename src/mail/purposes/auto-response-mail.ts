import { issueSecret } from '../../security/credentials.ts'
import type { Transaction } from '../../database/client.ts'
import { consentObstacle } from '../../domain/auto-responses/auto-response-consent.ts'
import type { Template } from '../../domain/auto-responses/template.ts'
import { stancesAt } from '../../domain/clients/consent-ledger.ts'
import type { ConsentRecord } from '../../domain/clients/consent.ts'
import type { DeliveryObstacle, MailDelivery } from '../../domain/deliveries/delivery.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { findMatches } from '../../domain/matching/matches.ts'
import type { MatchingPolicy } from '../../domain/matching/matching-policy.ts'
import type { CancellationCode } from '../../domain/reasons/delivery-reasons.ts'
import { because } from '../../domain/reasons/reasons.ts'
import type { Reason } from '../../domain/reasons/reasons.ts'
import { findAutoResponsePurpose } from '../../repositories/auto-responses/auto-response-purpose.ts'
import { isSuppressed } from '../../repositories/auto-responses/suppressions.ts'
import { findTemplate } from '../../repositories/auto-responses/templates.ts'
import { insertUnsubscribeLink } from '../../repositories/auto-responses/unsubscribe-links.ts'
import { findLatestOfClient, findSaidOfLead } from '../../repositories/clients/consents.ts'
import { findCandidates } from '../../repositories/leads/candidates.ts'
import type { LeadMailContext } from './lead-mails.ts'
import { writeTemplate } from '../write-template.ts'
import { UnwritableMail } from './prepared-mail.ts'
import type { PreparedMail, WrittenMail, Writing } from './prepared-mail.ts'

/** The auto-response in the dealer's words, or the reason why the person does not get it. */
export async function prepareAutoResponse(
  tx: Transaction,
  delivery: MailDelivery,
  context: LeadMailContext,
  now: Date
): Promise<PreparedMail | DeliveryObstacle> {
  const { lead } = context
  if (lead.content.isTest) return { obstacle: because('test_lead') }
  // By address: what the person said of any other mail of ours holds for this one.
  if (await isSuppressed(tx, delivery.target.address.toLowerCase())) {
    return { obstacle: because('address_suppressed') }
  }
  const purpose = await findAutoResponsePurpose(tx, lead.id)
  const refused = await findRefusal(tx, context, purpose, now)
  if (refused !== null) return { obstacle: refused }
  const template = delivery.aboutId === null ? null : await findTemplate(tx, delivery.aboutId)
  if (!template) return { obstacle: because('template_deleted') }
  return { write: (writing) => write(tx, { delivery, context, template, purpose }, writing) }
}

/** The consent that was refused or withdrawn after the auto-response was decided. */
async function findRefusal(
  tx: Transaction,
  { dealer, lead }: LeadMailContext,
  purpose: string | null,
  now: Date
): Promise<Reason<CancellationCode> | null> {
  const said = await findSaidOfLead(tx, lead)
  const client: ConsentRecord[] = []
  for (const id of await findPersonsClients(tx, lead, dealer.settings.matchingPolicy)) {
    client.push(...stancesAt(await findLatestOfClient(tx, id, now), now))
  }
  return consentObstacle(purpose === null ? null : { purpose }, {
    lead: stancesAt(said, now),
    client
  })
}

/** The lead's client, and those that are surely the same person: a capture asks them, too. */
async function findPersonsClients(
  tx: Transaction,
  { client, content: { contact } }: Lead,
  policy: MatchingPolicy
): Promise<Set<string>> {
  const candidates = await findCandidates(tx, contact, ['client'])
  const sure = findMatches({ contact, policy }, candidates).filter(({ band }) => band === 'sure')
  return new Set([...(client ? [client.id] : []), ...sure.map(({ id }) => id)])
}

interface AutoResponse {
  delivery: MailDelivery
  context: LeadMailContext
  template: Template
  purpose: string | null
}

/** Writes the mail, and with it the secret address by which the person ends such mails. */
async function write(
  tx: Transaction,
  { delivery, context: { dealer, lead }, template, purpose }: AutoResponse,
  { publicUrl, now }: Writing
): Promise<WrittenMail> {
  const secret = issueSecret('lu_', tx.dealerId)
  const unsubscribeUrl = `${publicUrl}/u/${secret.text}`
  const written = writeTemplate(template.content, { dealer, lead, unsubscribeUrl }, [
    lead.content.contact.language
  ])
  if ('limit' in written) throw new UnwritableMail(because(written.limit))
  await insertUnsubscribeLink(tx, {
    tokenHash: secret.hash,
    deliveryId: delivery.id,
    leadId: lead.id,
    emailKey: delivery.target.address.toLowerCase(),
    purpose,
    language: written.language,
    createdAt: now
  })
  const { subject, text, html } = written
  return {
    subject,
    text,
    ...(html === null ? {} : { html }),
    fromName: dealer.name,
    ...(dealer.email === null ? {} : { replyTo: { name: dealer.name, address: dealer.email } }),
    date: now,
    isReply: true,
    unsubscribeUrl
  }
}
