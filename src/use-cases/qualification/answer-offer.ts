import type { Database, Transaction } from '../../database/client.ts'
import { seesAll } from '../../domain/access/permissions.ts'
import type { TenantPrincipal, UserPrincipal } from '../../domain/access/permissions.ts'
import type { Actor } from '../../domain/events/event.ts'
import { isOpenOffer, mayAnswer, obstacleToHandover } from '../../domain/qualification/handover.ts'
import type { Handover, NamedHandover } from '../../domain/qualification/handover.ts'
import { recordEvents } from '../../repositories/events/record-events.ts'
import { lockLeadPlaces } from '../../repositories/leads/lead-places.ts'
import type { LeadAtPlace } from '../../repositories/leads/lead-places.ts'
import { findLeadById } from '../../repositories/leads/leads.ts'
import {
  endHandover,
  findHandover,
  findHandoverById,
  insertFollower,
  lockHandover
} from '../../repositories/qualification/handovers.ts'
import { assign, holdTarget } from '../leads/steps/assign.ts'
import { tellGivers } from './tell-givers.ts'

export interface Answer {
  principal: TenantPrincipal
  actor: Actor
  handoverId: string
  /** Throws where the answer is based on another version of the handover. */
  checkVersion: (version: number) => void
  now: Date
  /** Domain of our Message-IDs. */
  mailDomain: string
}

export type AnswerRefusal = 'not-theirs' | 'ended' | 'quarantined' | 'closed' | 'inactive-user'

type Verdict = { handover: NamedHandover } | { refusal: AnswerRefusal } | null

/**
 * Takes an offered lead: it is the accepter's from now on, and the earlier owner goes on seeing it. Of
 * two members of a team the first to get the lead's lock has it; the second then finds the offer
 * ended. Null where the caller sees no such handover.
 */
export async function acceptOffer(db: Database, answer: Answer): Promise<Verdict> {
  return await answerOffer(db, answer, async (tx, { handover, lead, user }) => {
    const obstacle = await findObstacle(tx, lead.id)
    if (obstacle !== null) return { refusal: obstacle }
    const to = await holdTarget(tx, { assigneeId: user.id })
    if ('refusal' in to) return { refusal: 'inactive-user' }
    const { actor, now } = answer
    await endHandover(tx, handover.id, { state: 'accepted', answeredBy: user.id, answeredAt: now })
    const { fromUserId } = handover
    if (fromUserId !== null) await insertFollower(tx, lead.id, fromUserId)
    await recordAnswer(tx, answer, { handover, lead, type: 'handover.accepted' })
    await assign(tx, [lead], { ...answer, actor, to, eventData: { handoverId: handover.id } })
    await tellGivers(tx, [handover], answer)
    return null
  })
}

/**
 * Turns an offer down. One made to a user ends, and whoever made it hears of it; one made to a team
 * stays open for the others, as one colleague does not speak for all.
 */
export async function declineOffer(
  db: Database,
  answer: Answer & { reason: string }
): Promise<Verdict> {
  return await answerOffer(db, answer, async (tx, { handover, lead, user }) => {
    const { reason, now } = answer
    const isFinal = handover.toTeam === null
    if (isFinal) {
      const end = { state: 'declined', reason, answeredBy: user.id, answeredAt: now } as const
      await endHandover(tx, handover.id, end)
      await tellGivers(tx, [handover], answer)
    }
    await recordAnswer(tx, answer, {
      handover,
      lead,
      type: 'handover.declined',
      words: { reason, ended: isFinal }
    })
    return null
  })
}

/** Takes an offer back: whoever gave it may, and who sees all. */
export async function withdrawOffer(db: Database, answer: Answer): Promise<Verdict> {
  const { principal, now } = answer
  const mayWithdraw = ({ fromUserId }: Handover) =>
    seesAll(principal) || fromUserId === principal.id
  return await changeOffer(db, answer, mayWithdraw, async (tx, { handover, lead }) => {
    const answeredBy = principal.kind === 'user' ? principal.id : null
    await endHandover(tx, handover.id, { state: 'withdrawn', answeredBy, answeredAt: now })
    await recordAnswer(tx, answer, { handover, lead, type: 'handover.withdrawn' })
    return null
  })
}

interface Answered {
  handover: Handover
  lead: LeadAtPlace
}

type Change<Facts> = (tx: Transaction, facts: Facts) => Promise<{ refusal: AnswerRefusal } | null>

/** Only whom it was offered to may answer, whatever else somebody may. */
async function answerOffer(
  db: Database,
  answer: Answer,
  change: Change<Answered & { user: UserPrincipal }>
): Promise<Verdict> {
  const { principal: user } = answer
  if (user.kind !== 'user') return { refusal: 'not-theirs' }
  const isTheirs = (handover: Handover) => mayAnswer(handover, user)
  return await changeOffer(db, answer, isTheirs, (tx, facts) => change(tx, { ...facts, user }))
}

/** Changes an open offer under the locks of its lead and itself, in this order. */
async function changeOffer(
  db: Database,
  { principal, handoverId, checkVersion, now }: Answer,
  mayChange: (handover: Handover) => boolean,
  change: Change<Answered>
): Promise<Verdict> {
  return await db.transaction(principal.dealerId, async (tx) => {
    const seen = await findHandover(tx, principal, handoverId)
    if (!seen) return null
    if (!mayChange(seen)) return { refusal: 'not-theirs' }
    const [lead] = await lockLeadPlaces(tx, null, [seen.leadId])
    const handover = await lockHandover(tx, handoverId)
    if (!lead) throw new Error('the lead of a handover is gone')
    checkVersion(handover.version)
    if (!isOpenOffer(handover, now)) return { refusal: 'ended' }
    const refused = await change(tx, { handover, lead })
    if (refused) return refused
    const changed = await findHandoverById(tx, handoverId)
    if (!changed) throw new Error('handovers are never removed')
    return { handover: changed }
  })
}

/** Leads may be closed, or held back, while they are on offer. */
async function findObstacle(
  tx: Transaction,
  leadId: string
): Promise<'quarantined' | 'closed' | null> {
  const lead = await findLeadById(tx, leadId)
  if (!lead) throw new Error('a locked lead is gone')
  const isQuarantined = lead.quarantineReason !== null
  return obstacleToHandover({ group: lead.status.group, isQuarantined })
}

async function recordAnswer(
  tx: Transaction,
  { actor, now }: Answer,
  {
    handover,
    lead,
    type,
    words
  }: Answered & {
    type: 'handover.accepted' | 'handover.declined' | 'handover.withdrawn'
    words?: Record<string, unknown>
  }
): Promise<void> {
  const { id, fromUserId, toUserId, toTeam } = handover
  await recordEvents(tx, actor, now, [
    {
      type,
      subject: { type: 'handover', id },
      leadId: lead.id,
      clientId: lead.clientId,
      data: { fromUserId, toUserId, toTeam, ...words }
    }
  ])
}
