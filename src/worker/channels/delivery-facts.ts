import type { Transaction } from '../../database/client.ts'
import type { Dealer } from '../../domain/dealers/dealer.ts'
import type { Lead } from '../../domain/leads/lead.ts'
import { findDealer } from '../../repositories/dealers/dealers.ts'
import { readLeads } from '../../repositories/leads/lead-rows.ts'

/** What the deliveries of one transaction have in common, read once for all of them. */
export class DeliveryFacts {
  readonly tx: Transaction
  readonly #leadIds: readonly string[]
  #leads: Promise<ReadonlyMap<string, Lead>> | null = null
  #dealer: Promise<Dealer | null> | null = null

  /** `leadIds`: the leads that will be asked for. */
  constructor(tx: Transaction, leadIds: readonly string[]) {
    this.tx = tx
    this.#leadIds = [...new Set(leadIds)]
  }

  async lead(id: string): Promise<Lead | null> {
    this.#leads ??= readLeads(this.tx, this.#leadIds).then(
      (leads) => new Map(leads.map((lead) => [lead.id, lead]))
    )
    return (await this.#leads).get(id) ?? null
  }

  async dealer(): Promise<Dealer | null> {
    this.#dealer ??= findDealer(this.tx)
    return await this.#dealer
  }
}
