import type { Database, Transaction } from '../../database/client.ts'
import { AUTO_RESPONSE_PURPOSE } from '../../domain/auto-responses/auto-response-consent.ts'
import { stanceOn, stancesAt } from '../../domain/clients/consent-ledger.ts'
import { localeOfLanguage } from '../../domain/dealers/dealer.ts'
import type { Dealer } from '../../domain/dealers/dealer.ts'
import { PUBLIC_ACTOR } from '../../domain/events/event.ts'
import type { Consent, Lead } from '../../domain/leads/lead.ts'
import { newId } from '../../ids.ts'
import { addSuppression } from '../../repositories/auto-responses/suppressions.ts'
import { findUnsubscribeLink } from '../../repositories/auto-responses/unsubscribe-links.ts'
import type { UnsubscribeLink } from '../../repositories/auto-responses/unsubscribe-links.ts'
import { findSaidOfLead } from '../../repositories/clients/consents.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { findLeadById, lockLeadById } from '../../repositories/leads/leads.ts'
import { addConsent } from '../clients/steps/add-consents.ts'

/**
 * Stops automatic mail to the recipient of a mail from the commit on, and records the refused consent.
 * A repeat changes nothing. Returns the dealer of the link, with the language of the mail, or null when
 * the link is unknown.
 */
export async function unsubscribe(
  db: Database,
  { dealerId, tokenHash, now }: { dealerId: string; tokenHash: string; now: Date }
): Promise<Dealer | null> {
  return await db.transaction(dealerId, async (tx) => {
    const link = await findUnsubscribeLink(tx, tokenHash)
    if (!link) return null
    await lockLeadById(tx, link.leadId)
    await suppress(tx, link, now)
    const lead = await findLeadById(tx, link.leadId)
    if (lead && !(await hasRefused(tx, lead, purposeOf(link), now))) {
      await addConsent(tx, {
        leadId: lead.id,
        clientId: lead.client?.id ?? null,
        statement: refusal(purposeOf(link), now),
        origin: 'unsubscribe',
        actor: PUBLIC_ACTOR,
        now
      })
    }
    return await findMailingDealer(tx, link)
  })
}

/** The dealer whose mail has the link, with the language of that mail. */
export async function findMailingDealer(
  tx: Transaction,
  { language }: UnsubscribeLink
): Promise<Dealer | null> {
  const dealer = await findDealer(tx)
  return dealer && { ...dealer, locale: localeOfLanguage(language) ?? dealer.locale }
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

/** A mail that needed no consent was an auto-response as well. */
function purposeOf({ purpose }: UnsubscribeLink): string {
  return purpose ?? AUTO_RESPONSE_PURPOSE
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
