import type { Transaction } from '../../database/client.ts'
import { ANSWER_PURPOSE } from '../../domain/auto-responses/auto-response-consent.ts'
import { stanceOn, stancesAt } from '../../domain/clients/consent-ledger.ts'
import { PUBLIC_ACTOR } from '../../domain/events/event.ts'
import type { Consent, Lead } from '../../domain/leads/lead.ts'
import { newId } from '../../ids.ts'
import { addSuppression } from '../../repositories/auto-responses/suppressions.ts'
import { findUnsubscribeLink } from '../../repositories/auto-responses/unsubscribe-links.ts'
import type { UnsubscribeLink } from '../../repositories/auto-responses/unsubscribe-links.ts'
import { findSaidOfLead } from '../../repositories/clients/consents.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { findLeadById, lockLeadById } from '../../repositories/leads/leads.ts'
import { recordConsent } from '../clients/consents/record-consent.ts'

/**
 * Takes a mail's recipient at their word: from the commit on, their address gets no automatic mail, and
 * that they refused it stands on the record. Said again, it changes nothing. Answers whether there is
 * such a link.
 */
export async function unsubscribe(
  tx: Transaction,
  { tokenHash, now }: { tokenHash: string; now: Date }
): Promise<boolean> {
  const link = await findUnsubscribeLink(tx, tokenHash)
  if (!link) return false
  await lockLeadById(tx, link.leadId)
  await suppress(tx, link, now)
  const lead = await findLeadById(tx, link.leadId)
  if (lead && !(await hasRefused(tx, lead, purposeOf(link), now))) {
    await recordConsent(tx, {
      leadId: lead.id,
      clientId: lead.client?.id ?? null,
      statement: refusal(purposeOf(link), now),
      origin: 'unsubscribe',
      actor: PUBLIC_ACTOR,
      now
    })
  }
  return true
}

async function suppress(
  tx: Transaction,
  { emailKey, leadId }: UnsubscribeLink,
  now: Date
): Promise<void> {
  const id = newId()
  const isNew = await addSuppression(tx, {
    id,
    emailKey,
    reason: 'unsubscribed',
    leadId,
    actor: PUBLIC_ACTOR,
    createdAt: now
  })
  if (!isNew) return
  await recordEvents(tx, PUBLIC_ACTOR, now, [
    {
      type: 'suppression.added',
      subject: { type: 'suppression', id },
      leadId,
      data: { reason: 'unsubscribed' }
    }
  ])
}

/** A mail that needed no consent was an automatic answer all the same. */
function purposeOf({ purpose }: UnsubscribeLink): string {
  return purpose ?? ANSWER_PURPOSE
}

async function hasRefused(
  tx: Transaction,
  lead: Lead,
  purpose: string,
  now: Date
): Promise<boolean> {
  const said = await findSaidOfLead(tx, lead)
  return stanceOn(stancesAt(said, now), purpose, 'email')?.granted === false
}

function refusal(purpose: string, now: Date): Consent {
  return {
    purpose,
    channel: 'email',
    granted: false,
    text: null,
    textVersion: null,
    language: null,
    page: null,
    ip: null,
    givenAt: now.toISOString(),
    proofUrl: null
  }
}
