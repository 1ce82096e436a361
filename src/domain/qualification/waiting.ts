import type { TenantPrincipal } from '../access/permissions.ts'
import type { NamedTeam } from '../access/user.ts'
import { mayAnswer, mayWithdraw } from '../clients/link-request.ts'
import type { NamedLinkRequest } from '../clients/link-request.ts'
import { mayRespond } from './handover.ts'
import type { NamedHandover } from './handover.ts'
import type { WithdrawalCode } from '../reasons/request-reasons.ts'
import type { Reference } from '../leads/lead.ts'

export const WAITING_KINDS = ['link_request', 'handover'] as const
export const WAITING_ACTIONS = ['accept', 'decline', 'withdraw'] as const

/** An open request or offer of a lead, which waits for the answer of a colleague. */
export interface Waiting {
  kind: (typeof WAITING_KINDS)[number]
  id: string
  from: Reference | null
  toUser: Reference | null
  toTeam: Pick<NamedTeam, 'key' | 'name'> | null
  /** The client of a request; null where the reader has no part in it. */
  client: Reference | null
  message: string | null
  since: Date
  expiresAt: Date | null
  /** What its reader may do about it. */
  actions: (typeof WAITING_ACTIONS)[number][]
}

/** How many days what has ended is told on the page of its lead: as long as the link of a mail opens. */
const TOLD_DAYS = 30

/** An ended request or offer of a lead. */
export interface Ended extends Pick<Waiting, 'kind' | 'from' | 'toUser' | 'toTeam' | 'client'> {
  how: 'accepted' | 'declined' | 'expired' | 'withdrawn'
  by: Reference | null
  at: Date
  reason: string | null
  /** Why the service withdrew it. */
  withdrawalCode: WithdrawalCode | null
}

/** How an offer or a request ended; null: it is open, or ended long ago. */
export function endOf(
  about: Pick<NamedHandover, 'expiresAt' | 'endedAt' | 'endedByUser' | 'reason'> & {
    state: NamedHandover['state'] | NamedLinkRequest['state']
    withdrawalCode?: WithdrawalCode | null
  },
  now: Date
): Pick<Ended, 'how' | 'by' | 'at' | 'reason' | 'withdrawalCode'> | null {
  const { state, expiresAt, endedAt, endedByUser: by, reason, withdrawalCode = null } = about
  const isUnanswered = state === 'offered' || state === 'asked'
  // It is past its time before a worker records that.
  const at = isUnanswered ? expiresAt : endedAt
  if (at === null || at > now || at.getTime() < now.getTime() - TOLD_DAYS * 86_400_000) return null
  return { how: isUnanswered ? 'expired' : state, by, at, reason, withdrawalCode }
}

/** A request as its reader sees it; null: the people of a mailbox of the dealer. */
export function waitingRequest(request: NamedLinkRequest, reader: TenantPrincipal | null): Waiting {
  const answers = reader !== null && mayAnswer(request, reader)
  const withdraws = reader !== null && mayWithdraw(request, reader)
  const client = reader === null || answers || withdraws ? request.client : null
  const actions = actionsOf({ answers, withdraws })
  return { kind: 'link_request', ...askedOf(request), toTeam: null, client, actions }
}

/** An offer as its reader sees it. */
export function waitingOffer(
  offer: NamedHandover,
  toTeam: Waiting['toTeam'],
  reader: TenantPrincipal | null
): Waiting {
  const answers = reader?.kind === 'user' && mayRespond(offer, reader)
  const withdraws = reader !== null && mayWithdraw(offer, reader)
  const actions = actionsOf({ answers, withdraws })
  return { kind: 'handover', ...askedOf(offer), toTeam, client: null, actions }
}

/** What a request and an offer have alike. */
function askedOf(about: NamedLinkRequest | NamedHandover) {
  const { id, fromUser: from, toUser, message, createdAt: since, expiresAt } = about
  return { id, from, toUser, message, since, expiresAt }
}

function actionsOf(may: { answers: boolean; withdraws: boolean }): Waiting['actions'] {
  return [
    ...(may.answers ? (['accept', 'decline'] as const) : []),
    ...(may.withdraws ? (['withdraw'] as const) : [])
  ]
}
