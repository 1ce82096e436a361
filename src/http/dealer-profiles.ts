import type { Database } from '../database/client.ts'
import type { Dealer } from '../domain/dealers/dealer.ts'
import { RecentResults } from './plugins/recent-results.ts'
import { findDealer } from '../repositories/dealers/dealers.ts'

/** How long a dealer's country and the like are remembered: a change shows after this. */
const REMEMBERED_MS = 1_000
const REMEMBERED_MOST = 1_000

/** Dealers by id, for what must be known before a transaction begins. */
export class DealerProfiles {
  readonly #db: Database
  readonly #recent = new RecentResults<Dealer>(REMEMBERED_MS, REMEMBERED_MOST)

  constructor(db: Database) {
    this.#db = db
  }

  async get(dealerId: string): Promise<Dealer> {
    return await this.#recent.get(dealerId, async () => {
      const dealer = await this.#db.read(dealerId, findDealer)
      if (!dealer) throw new Error('a credential names a dealer that is not there')
      return dealer
    })
  }
}
