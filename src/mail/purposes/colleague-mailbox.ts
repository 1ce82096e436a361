import type { Transaction } from '../../database/client.ts'
import type { NamedLinkRequest } from '../../domain/clients/link-request.ts'
import type { NamedHandover } from '../../domain/qualification/handover.ts'
import { findUser } from '../../repositories/access/users.ts'
import type { ColleagueContext } from '../compose/compose-colleague-mail.ts'
import { isMailAddress } from '../mail-address.ts'
import type { Mailbox } from '../mail-address.ts'

/** The user who wrote to the reader, or answered: of an offer or request, the other party. */
export function otherParty(
  about: Pick<NamedHandover, 'state' | 'fromUser' | 'toUser' | 'endedByUser'> | NamedLinkRequest
): string | null {
  const { state, fromUser, toUser, endedByUser } = about
  if (state === 'offered' || state === 'asked') return fromUser?.id ?? null
  return (endedByUser ?? toUser)?.id ?? null
}

/** The user who is named in a mail between colleagues; null: the system, a machine or a team. */
export function colleagueOf(context: ColleagueContext): string | null {
  if ('activity' in context) return context.activity.userId
  return otherParty('handover' in context ? context.handover : context.linkRequest)
}

/**
 * Where the answer to a mail from a colleague goes: to that colleague, and never to the person whom the
 * mail is about.
 */
export async function replyToColleague(
  tx: Transaction,
  colleagueId: string | null,
  reader: { address: string }
): Promise<{ replyTo?: Mailbox }> {
  const colleague = colleagueId === null ? null : await findUser(tx, colleagueId)
  if (!colleague?.active || colleague.email === reader.address) return {}
  if (!isMailAddress(colleague.email)) return {}
  return { replyTo: { name: colleague.name, address: colleague.email } }
}
