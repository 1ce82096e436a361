import type { Database } from '../../database/client.ts'
import type { Promoter } from '../../domain/promoters/promoter.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type { CreateCommand } from '../command.ts'
import { createOnce } from '../write.ts'
import type { Created } from '../write.ts'
import { addPromoter } from './steps/add-promoter.ts'
import type { PromoterDetails } from './steps/add-promoter.ts'

interface CreatePromoter extends CreateCommand<Promoter> {
  promoter: Omit<PromoterDetails, 'state' | 'invitationMessage'>
}

export async function createPromoter(
  db: Database,
  command: CreatePromoter
): Promise<Created<Promoter> | Refusal> {
  return await createOnce(db, command, (tx) =>
    addPromoter(tx, command, { ...command.promoter, state: 'active' })
  )
}
