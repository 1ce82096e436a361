import { and, eq, isNotNull } from 'drizzle-orm'
import type { SQL } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { dealers, endedSecrets, promoters, users } from '../../database/schema.ts'
import type { Invitation } from '../../domain/promoters/invitation.ts'
import { givenName } from '../../domain/promoters/invitation.ts'
import type { Promoter } from '../../domain/promoters/promoter.ts'
import { toPromoter } from './promoters.ts'
import { isNamedBy, isRecord } from '../filters.ts'

/** The secrets of promoters: of their own page, and of their open invitation. */

/**
 * Gives a promoter's page another address: those before, which mails may have, go on opening it. Null: it
 * has none any more, and all of them say that they ended.
 */
export async function setPageHash(
  tx: Transaction,
  promoterId: string,
  portalHash: string | null
): Promise<void> {
  const opensPage = portalHash !== null
  await endSecret(tx, promoters.portalHash, { promoterId, next: portalHash, opensPage })
  if (!opensPage) {
    await tx.orm
      .update(endedSecrets)
      .set({ opensPage })
      .where(and(eq(endedSecrets.dealerId, tx.dealerId), eq(endedSecrets.promoterId, promoterId)))
  }
  await tx.orm.update(promoters).set({ portalHash }).where(isPromoter(tx, promoterId))
}

/** The promoter whose page this secret opens, in any state, or null. */
export async function findPageOwner(
  tx: Transaction,
  hash: string
): Promise<Pick<Promoter, 'id' | 'name' | 'state' | 'locale'> | null> {
  const { id, name, state, locale } = promoters
  const owner = { id, name, state, locale }
  const [row] = await tx.orm
    .select(owner)
    .from(promoters)
    .where(
      and(
        eq(promoters.dealerId, tx.dealerId),
        eq(promoters.portalHash, hash),
        // The index has no others.
        isNotNull(promoters.portalHash)
      )
    )
  if (row) return row
  const [earlier] = await tx.orm
    .select(owner)
    .from(endedSecrets)
    .innerJoin(promoters, isNamedBy(promoters, endedSecrets, endedSecrets.promoterId))
    .where(
      and(
        eq(endedSecrets.dealerId, tx.dealerId),
        eq(endedSecrets.hash, hash),
        eq(endedSecrets.opensPage, true)
      )
    )
  return earlier ?? null
}

/** Gives an invitation its secret and its end, or takes both away: the link before says that it ended. */
export async function setInvitation(
  tx: Transaction,
  promoterId: string,
  invitation: { hash: string; expiresAt: Date } | null
): Promise<void> {
  const next = invitation?.hash ?? null
  await endSecret(tx, promoters.invitationHash, { promoterId, next, opensPage: false })
  await tx.orm
    .update(promoters)
    .set({
      invitationHash: invitation?.hash ?? null,
      invitationExpiresAt: invitation?.expiresAt ?? null
    })
    .where(isPromoter(tx, promoterId))
}

/** Keeps the secret that is replaced by `next`. */
async function endSecret(
  tx: Transaction,
  secret: typeof promoters.portalHash | typeof promoters.invitationHash,
  { promoterId, next, opensPage }: { promoterId: string; next: string | null; opensPage: boolean }
): Promise<void> {
  const [row] = await tx.orm
    .select({ hash: secret })
    .from(promoters)
    .where(isPromoter(tx, promoterId))
  const hash = row?.hash ?? null
  if (hash === null || hash === next) return
  await tx.orm
    .insert(endedSecrets)
    .values({ dealerId: tx.dealerId, hash, promoterId, opensPage })
    .onConflictDoUpdate({
      target: [endedSecrets.dealerId, endedSecrets.hash],
      set: { opensPage }
    })
}

/** The language of the promoter whose link had this secret before; null: no link had it. */
export async function findEndedSecret(
  tx: Transaction,
  hash: string
): Promise<Pick<Promoter, 'locale'> | null> {
  const [row] = await tx.orm
    .select({ locale: promoters.locale })
    .from(endedSecrets)
    .innerJoin(promoters, isNamedBy(promoters, endedSecrets, endedSecrets.promoterId))
    .where(and(eq(endedSecrets.dealerId, tx.dealerId), eq(endedSecrets.hash, hash)))
  return row ?? (await findInvited(tx, ofHash(tx, hash)))
}

/** The language of the promoter of an invitation, or null. */
async function findInvited(
  tx: Transaction,
  which: SQL | undefined
): Promise<Pick<Promoter, 'locale'> | null> {
  const [row] = await tx.orm.select({ locale: promoters.locale }).from(promoters).where(which)
  return row ?? null
}

/** The invitation with this secret, or null: there is none, or it was accepted. */
export async function findInvitation(tx: Transaction, hash: string): Promise<Invitation | null> {
  const [row] = await tx.orm
    .select({
      dealerName: dealers.name,
      invitedBy: users.name,
      name: promoters.name,
      email: promoters.email,
      locale: promoters.locale,
      expiresAt: promoters.invitationExpiresAt
    })
    .from(promoters)
    .innerJoin(dealers, eq(dealers.id, promoters.dealerId))
    .leftJoin(users, and(eq(users.dealerId, promoters.dealerId), eq(users.id, promoters.userId)))
    .where(hasInvitation(tx, hash))
  if (!row?.expiresAt) return null
  const { dealerName, invitedBy, locale, expiresAt } = row
  return { dealerName, invitedBy, name: givenName(row), locale, expiresAt }
}

/** Ends an invitation that was accepted. Its hash stays, so that its link can say so. */
export async function closeInvitation(tx: Transaction, promoterId: string): Promise<void> {
  await tx.orm
    .update(promoters)
    .set({ invitationExpiresAt: null })
    .where(isPromoter(tx, promoterId))
}

/** The language of the active promoter who accepted this invitation, or null: none did. */
export async function findAcceptedInvitation(
  tx: Transaction,
  hash: string
): Promise<Pick<Promoter, 'locale'> | null> {
  return await findInvited(tx, and(ofHash(tx, hash), eq(promoters.state, 'active')))
}

/**
 * The invitation with this secret, locked until the transaction ends; null if there is none, or it
 * has ended.
 */
export async function lockInvited(
  tx: Transaction,
  hash: string
): Promise<(Promoter & { expiresAt: Date }) | null> {
  const [row] = await tx.orm.select().from(promoters).where(hasInvitation(tx, hash)).for('update')
  return row?.invitationExpiresAt
    ? { ...toPromoter(row), expiresAt: row.invitationExpiresAt }
    : null
}

function hasInvitation(tx: Transaction, hash: string) {
  return and(ofHash(tx, hash), eq(promoters.state, 'invited'))
}

function ofHash(tx: Transaction, hash: string) {
  return and(
    eq(promoters.dealerId, tx.dealerId),
    eq(promoters.invitationHash, hash),
    // The index has no others.
    isNotNull(promoters.invitationHash)
  )
}

function isPromoter(tx: Transaction, id: string) {
  return isRecord(tx, promoters, id)
}
