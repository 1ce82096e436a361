import type { Database } from '../../database/client.ts'
import type { OperatorPrincipal } from '../../domain/access/permissions.ts'
import { DEFAULT_DEALER_SETTINGS } from '../../domain/dealers/dealer.ts'
import { actorOf } from '../../domain/events/event.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { claimOperatorKey, storeResponse } from '../../repositories/idempotency.ts'
import type { Passwords } from '../../security/passwords.ts'
import type { CreateCommand } from '../command.ts'
import { findReplay } from '../write.ts'
import type { Created, Replay } from '../write.ts'
import { refuseSettings } from './steps/refuse-settings.ts'
import { foundDealer, makePassword } from './found-dealer.ts'
import type { FoundedDealer, NewDealer } from './found-dealer.ts'

/** Represents the operator among the callers who send an idempotency key: there is one, without an id. */
const OPERATOR_ID = '00000000-0000-0000-0000-000000000000'

export interface CreateDealer extends Omit<CreateCommand<CreatedDealer>, 'principal'> {
  principal: OperatorPrincipal
  incoming: Omit<NewDealer, 'owner'>
  /** Without a password one is made. */
  owner: { name: string; email: string; password: string | null }
  passwords: Passwords
}

export interface CreatedDealer extends FoundedDealer {
  owner: { name: string; email: string }
  /** The password that was made; null where the command has one. */
  madePassword: string | null
}

/** Creates a dealer for the operator. What a repeat gets is stored with the dealer. */
export async function createDealer(
  db: Database,
  command: CreateDealer
): Promise<Created<CreatedDealer> | Refusal> {
  const before = await findReplayOf(db, command)
  if (before) return before
  const { principal, now, incoming, idempotency, passwords } = command
  const { password: given, ...owner } = command.owner
  const password = given ?? makePassword()
  const passwordHash = await passwords.hash(password)
  const madePassword = given === null ? password : null
  const describe = (founded: FoundedDealer) => ({ ...founded, owner, madePassword })
  try {
    const founded = await foundDealer(db, {
      incoming: { ...incoming, owner: { ...owner, passwordHash } },
      actor: actorOf(principal),
      now,
      complete: async (tx, founded) => {
        const refusal = await refuseSettings(tx, founded.dealer.settings, DEFAULT_DEALER_SETTINGS)
        if (refusal) throw new Refused(refusal)
        if (!idempotency) return
        const { key, operation, requestHash, respond } = idempotency
        if (!(await claimOperatorKey(tx, key, now))) throw new Error('the key has been used')
        const stored = { operation, requestHash, response: respond(describe(founded)) }
        await storeResponse(tx, { principalId: OPERATOR_ID, key }, stored, now)
      }
    })
    return { done: describe(founded) }
  } catch (error) {
    if (error instanceof Refused) return error.refusal
    // Of two at the same moment one is created; the other may be its repeat.
    const first = await findReplayOf(db, command)
    if (!first) throw error
    return first
  }
}

/** Thrown so that nothing of the dealer stays. */
class Refused extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super(refusal.refusal)
    this.refusal = refusal
  }
}

async function findReplayOf(
  db: Database,
  { now, idempotency }: CreateDealer
): Promise<Replay | Refusal | null> {
  if (!idempotency) return null
  const dealerId = await db.findDealerIdByOperatorKey(idempotency.key)
  if (dealerId === null) return null
  const principal = { id: OPERATOR_ID }
  return await db.read(dealerId, (tx) => findReplay(tx, { principal, now, idempotency }))
}
