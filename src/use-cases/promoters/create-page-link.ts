import type { Database } from '../../database/client.ts'
import type { Dealer } from '../../domain/dealers/dealer.ts'
import type { Refusal } from '../../domain/refusals.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { issueSecret } from '../../security/credentials.ts'
import type { CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import { setPageSecret } from './steps/set-page-secret.ts'

export interface IssuedPage {
  secret: string
  dealer: Dealer
}

interface CreatePageLink extends CreateCommand<IssuedPage> {
  promoterId: string
}

/** Issues a new secret for a promoter's page. Those before, which mails may have, go on opening it. */
export async function createPageLink(
  db: Database,
  command: CreatePageLink
): Promise<Created<IssuedPage> | Refusal> {
  return await createOnce(db, command, async (tx) => {
    const { hash, text } = issueSecret('lp_', command.principal.dealerId)
    const refusal = await setPageSecret(tx, command, { promoterId: command.promoterId, hash })
    if (refusal) return refusal
    const dealer = await findDealer(tx)
    if (!dealer) throw new Error('the dealer of a promoter is missing')
    return { secret: text, dealer }
  })
}
