import type { Transaction } from '../../../database/client.ts'
import { notFound } from '../../../domain/refusals.ts'
import type { Refusal } from '../../../domain/refusals.ts'
import {
  findAcceptedInvitation,
  findEndedSecret
} from '../../../repositories/promoters/promoter-secrets.ts'

/** Why no link opens with this secret: it was used, replaced or taken back, or there was none such. */
export async function refuseSecret(tx: Transaction, hash: string, noun: string): Promise<Refusal> {
  if (await findAcceptedInvitation(tx, hash)) {
    return { refusal: 'gone', because: 'invitation-accepted' }
  }
  const ended = await findEndedSecret(tx, hash)
  return ended ? { refusal: 'gone', because: 'link-replaced' } : notFound(noun)
}
