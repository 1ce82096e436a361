import type { Transaction } from '../../database/client.ts'
import type { AnsweringBasis } from '../../domain/auto-responses/auto-response-basis.ts'
import type { DealerSettings } from '../../domain/dealers/dealer.ts'
import { contactKeys } from '../../domain/leads/contact.ts'
import type { Contact } from '../../domain/leads/lead.ts'
import { MAX_RECORDS_PER_KEY } from '../../domain/leads/matching.ts'

/**
 * What a capture decides an answer from: part of its question, beside its `hits` and `found`. Nothing
 * but one look into an index is asked where no such rules are published.
 *
 * A phone that too many share says nothing about who was answered; an e-mail always does, as mails to
 * it are what must not be too many. An answer that was called off is none.
 */
export const ANSWERING = `
  (select jsonb_build_object('ruleSetId', r.id, 'rules', r.content,
      'dealerEmail', (select d.email from dealers d where d.id = $1),
      'userEmails', (select coalesce(jsonb_agg(u.email), '[]') from users u
        where u.dealer_id = $1 and u.email = any (p.emails)),
      'isSuppressed', exists (select from suppressions s
        where s.dealer_id = $1 and s.email_key = any (p.emails)),
      'answeredAt', (select max(a.answered_at) from answered_persons a
        where a.dealer_id = $1 and a.key = any ($9::text[])
          and (a.key like 'e:%' or not exists (select from hits
            where hits.key = a.key and hits.records > ${MAX_RECORDS_PER_KEY}))
          and (select d.state from deliveries d where d.dealer_id = $1
              and d.lead_id = a.lead_id and d.purpose = 'auto_response'
            order by d.id desc limit 1) is distinct from 'cancelled'),
      'clientConsents', (select coalesce(jsonb_object_agg(c.id, c.content->'consents'), '{}')
        from found f join clients c on c.dealer_id = $1 and c.id = f.record_id
        where f.record_type = 'client'))
    from rule_sets r cross join lateral (select array_agg(substr(k, 3)) as emails
      from unnest($9::text[]) k where k like 'e:%') p
    where r.dealer_id = $1 and r.kind = 'auto_response' and r.state = 'published') as answering`

/** The column above. */
export type AnsweringRow =
  | (Omit<AnsweringBasis, 'ownAddresses' | 'answeredAt'> & {
      dealerEmail: string | null
      userEmails: string[]
      answeredAt: string | null
    })
  | null

export function toAnswering(
  row: AnsweringRow,
  { leadAddress, adfAddress, testAddress }: DealerSettings,
  mailFrom: string
): AnsweringBasis | null {
  if (row === null) return null
  const { dealerEmail, userEmails, answeredAt, ...basis } = row
  const own = [mailFrom, dealerEmail, leadAddress, adfAddress, testAddress, ...userEmails]
  return {
    ...basis,
    ownAddresses: own.filter((address) => address !== null).map((one) => one.toLowerCase()),
    answeredAt: answeredAt === null ? null : new Date(answeredAt)
  }
}

/**
 * The answer that a capture owes, and that the person was answered: part of its record, whose `$5` is
 * the time, `$6` the lead and `$21` its keys. The locks of the contact's keys are held, so that of two
 * leads of one person at once the second finds the first answered.
 */
export const ANSWER = `, answer as (
  insert into deliveries (dealer_id, id, lead_id, purpose, about_id, recipient_name,
    recipient_address, state, message_id, attempts, next_attempt_at, created_at, updated_at)
  select $1, a.id, $6, a.purpose, a."aboutId", a."recipientName", a."recipientAddress", 'pending',
    a."messageId", 0, coalesce(a."dueAt", $5), $5, $5
  from jsonb_to_record($37::jsonb) as a(id uuid, purpose text, "aboutId" uuid,
    "recipientName" text, "recipientAddress" text, "messageId" text, "dueAt" timestamptz)
), answered as (
  insert into answered_persons (dealer_id, key, answered_at, lead_id)
  select $1, k, coalesce(($37::jsonb->>'dueAt')::timestamptz, $5), $6
  from unnest($21::text[]) k where k like 'e:%' or k like 'p:%'
  on conflict (dealer_id, key) do update
    set answered_at = excluded.answered_at, lead_id = excluded.lead_id
)`

/** Tells the worker of the answer; a delay counts by the database's clock, which it goes by. */
export const ENQUEUE_ANSWER = `, directory.enqueue_deliveries(array[($37::jsonb->>'id')::uuid],
  now() + (($37::jsonb->>'dueAt')::timestamptz - $5::timestamptz))`

const REMEMBER_ANSWERED = `
insert into answered_persons (dealer_id, key, answered_at, lead_id)
select $1, k, $3, $4 from unnest($2::text[]) k
on conflict (dealer_id, key) do update
  set answered_at = excluded.answered_at, lead_id = excluded.lead_id`

/** Keeps that a person is answered, where no capture does so in its own statement. */
export async function rememberAnswered(
  tx: Transaction,
  { contact, leadId, at }: { contact: Contact; leadId: string; at: Date }
): Promise<void> {
  const values = [tx.dealerId, contactKeys(contact), at, leadId]
  await tx.query('remember-answered', REMEMBER_ANSWERED, values)
}
