import type { Transaction } from '../../database/client.ts'
import { statement } from '../../database/statement.ts'
import type { AutoResponseBasis } from '../../domain/auto-responses/auto-response-basis.ts'
import type { DealerSettings } from '../../domain/dealers/dealer.ts'
import { contactKeys } from '../../domain/leads/contact.ts'
import type { Contact } from '../../domain/leads/lead.ts'

/** The column `autoResponse`: the dealer's published rules, or null. */
export const AUTO_RESPONSE_RULES = `
  (select jsonb_build_object('ruleSetId', r.id, 'rules', r.content,
      'dealerEmail', (select d.email from dealers d where d.id = :dealerId))
    from rule_sets r
    where r.dealer_id = :dealerId and r.kind = 'auto_response' and r.state = 'published') as "autoResponse"`

/** The column above. */
export type AutoResponseRow = Readonly<
  Pick<AutoResponseBasis, 'ruleSetId' | 'rules'> & { dealerEmail: string | null }
>

/**
 * The column `responded`: what a capture decides an auto-response from, beside the rules. It needs the
 * `hits` and `found` of `repositories/leads/match-candidates.ts` for the person's keys.
 *
 * A phone that too many share says nothing about who was answered; an e-mail always does, as mails to
 * it are what must not be too many. An answer that was called off is none.
 */
export function respondedColumn({ keys }: { keys: string }): string {
  return `
  (select jsonb_build_object(
      'userEmails', (select coalesce(jsonb_agg(u.email), '[]') from users u
        where u.dealer_id = :dealerId and u.email = any (p.emails)),
      'isSuppressed', exists (select from suppressions s
        where s.dealer_id = :dealerId and s.email_key = any (p.emails)),
      'respondedAt', (select max(a.responded_at) from auto_responded_persons a
        where a.dealer_id = :dealerId and a.key = any (${keys})
          and (a.key like 'e:%' or not exists (select from hits
            where hits.key = a.key and hits.is_crowded))
          and (select d.state from deliveries d where d.dealer_id = :dealerId
              and d.lead_id = a.lead_id and d.purpose = 'auto_response'
            order by d.id desc limit 1) is distinct from 'cancelled'),
      'clientConsents', (select coalesce(jsonb_object_agg(c.id, c.content->'consents'), '{}')
        from found f join clients c on c.dealer_id = :dealerId and c.id = f.id
        where f.type = 'client'))
    from (select array_agg(substr(k, 3)) as emails
      from unnest(${keys}) k where k like 'e:%') p) as responded`
}

/** The column above. */
export type RespondedRow = Pick<AutoResponseBasis, 'isSuppressed' | 'clientConsents'> & {
  userEmails: string[]
  respondedAt: string | null
}

export function toAutoResponseBasis(
  { dealerEmail, ...rules }: AutoResponseRow,
  { userEmails, respondedAt, ...person }: RespondedRow,
  { leadAddress, adfAddress, testAddress }: DealerSettings,
  mailFrom: string
): AutoResponseBasis {
  const own = [mailFrom, dealerEmail, leadAddress, adfAddress, testAddress, ...userEmails]
  return {
    ...rules,
    ...person,
    ownAddresses: own.filter((address) => address !== null).map((one) => one.toLowerCase()),
    respondedAt: respondedAt === null ? null : new Date(respondedAt)
  }
}

/**
 * Keeps that a person is answered: under each e-mail and phone, and no other key. A capture does this
 * while it holds the locks of the contact's keys, so that of two leads of one person at once the second
 * finds the first answered.
 */
export function respondedPersonsUpsert(parts: {
  keys: string
  at: string
  leadId: string
}): string {
  const { keys, at, leadId } = parts
  return `
  insert into auto_responded_persons (dealer_id, key, responded_at, lead_id)
  select :dealerId, k, ${at}, ${leadId}
  from unnest(${keys}) k where k like 'e:%' or k like 'p:%'
  on conflict (dealer_id, key) do update
    set responded_at = excluded.responded_at, lead_id = excluded.lead_id`
}

const REMEMBER_AUTO_RESPONDED = statement(
  'remember-answered',
  { keys: 'text[]', at: 'timestamptz', leadId: 'uuid' },
  respondedPersonsUpsert({ keys: ':keys', at: ':at', leadId: ':leadId' })
)

/** Records that a person gets an auto-response, where no capture does so in its own statement. */
export async function rememberAutoResponded(
  tx: Transaction,
  { contact, leadId, at }: { contact: Contact; leadId: string; at: Date }
): Promise<void> {
  await tx.run(REMEMBER_AUTO_RESPONDED, { keys: contactKeys(contact), at, leadId })
}
