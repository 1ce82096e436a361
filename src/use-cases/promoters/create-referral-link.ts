import type { Database, Transaction } from '../../database/client.ts'
import { seesAll } from '../../domain/access/permissions.ts'
import type { TenantPrincipal } from '../../domain/access/permissions.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { ReferralLink } from '../../domain/promoters/promoter.ts'
import { forbidden, invalid, isRefusal } from '../../domain/refusals.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { newId } from '../../ids.ts'
import { findUser } from '../../repositories/access/users.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { findPromoter } from '../../repositories/promoters/promoters.ts'
import {
  claimCode,
  claimRandomCode,
  insertReferralLink
} from '../../repositories/promoters/referral-links.ts'
import type { CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'

interface CreateReferralLink extends CreateCommand<ReferralLink> {
  link: Partial<Pick<ReferralLink, 'userId' | 'promoterId' | 'label' | 'targetUrl' | 'code'>>
}

export async function createReferralLink(
  db: Database,
  command: CreateReferralLink
): Promise<Created<ReferralLink> | Refusal> {
  return await createOnce(db, command, async (tx) => {
    const { principal, now } = command
    const { label = null, targetUrl = null, ...wanted } = command.link
    const holder = await chooseHolder(tx, principal, wanted)
    if (isRefusal(holder)) return holder
    const code = wanted.code ?? (await claimRandomCode(tx))
    if (wanted.code !== undefined && !(await claimCode(tx, code))) {
      return { refusal: 'referral-code-taken' }
    }
    const link: ReferralLink = {
      id: newId(),
      ...holder,
      code,
      label,
      targetUrl,
      active: true,
      visits: 0,
      lastVisitAt: null,
      version: 1,
      createdAt: now,
      updatedAt: now
    }
    await insertReferralLink(tx, link)
    await recordEvents(tx, actorOf(principal), now, [
      {
        type: 'referral_link.created',
        subject: { type: 'referral_link', id: link.id },
        data: { ...holder }
      }
    ])
    return link
  })
}

type Holder = Pick<ReferralLink, 'userId' | 'promoterId'>

/** The promoter or the user of a new link. Members choose themselves or promoters that they signed up. */
async function chooseHolder(
  tx: Transaction,
  principal: TenantPrincipal,
  { userId = null, promoterId = null }: Partial<Holder>
): Promise<Holder | Refusal> {
  if (promoterId !== null) {
    if (userId !== null) return invalid('/userId', 'two-holders')
    const promoter = await findPromoter(tx, principal, promoterId)
    return promoter ? { userId: null, promoterId } : invalid('/promoterId', 'unknown-promoter')
  }
  if (userId === null) {
    if (principal.kind !== 'user') return invalid('/userId', 'no-holder')
    return { userId: principal.id, promoterId: null }
  }
  if (!seesAll(principal) && userId !== principal.id) return forbidden('link-of-other-user')
  const user = await findUser(tx, userId)
  return user?.active === true ? { userId, promoterId: null } : invalid('/userId', 'inactive-user')
}
