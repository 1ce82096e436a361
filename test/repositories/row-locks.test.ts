import { setTimeout as wait } from 'node:timers/promises'

import { eq } from 'drizzle-orm'
import t from 'tap'

import type { Transaction } from '../../src/database/client.ts'
import { leads, sales } from '../../src/database/schema.ts'
import type { TenantPrincipal } from '../../src/domain/access/permissions.ts'
import { lockActiveAssignees, lockAssignee } from '../../src/repositories/access/assignees.ts'
import { holdAccount, lockAccountById } from '../../src/repositories/clients/accounts.ts'
import { lockClientById } from '../../src/repositories/clients/clients.ts'
import { lockMoving } from '../../src/repositories/clients/merges.ts'
import {
  holdOpportunity,
  lockOpportunityById
} from '../../src/repositories/clients/opportunities.ts'
import { lockAwaitedLead } from '../../src/repositories/clock/awaited-leads.ts'
import { holdStatus, holdStatusOfGroup } from '../../src/repositories/dealers/group-statuses.ts'
import { reindexBatch } from '../../src/repositories/fields/field-keys.ts'
import { lockLeadAssignments } from '../../src/repositories/leads/lead-assignments.ts'
import { lockLeadById } from '../../src/repositories/leads/leads.ts'
import { moveLeadsWithStatus } from '../../src/repositories/leads/status-leads.ts'
import { lockRewardsOfSales } from '../../src/repositories/sales/rewards.ts'
import { lockSaleById } from '../../src/repositories/sales/sales.ts'
import { moveSalesWithStatus } from '../../src/repositories/sales/status-sales.ts'
import { createTestApp } from '../support/app.ts'
import { asClient } from '../support/database.ts'
import { createFixture } from '../support/fixture.ts'
import { findStatusIds } from '../support/leads.ts'
import { must } from '../support/must.ts'

// Guards the row locks of repositories: without its lock, the case or the race below fails.
void t.test('row locks', async (t) => {
  const app = await createTestApp(t)
  const dealer = await app.createDealer()
  const { ids } = await createFixture(dealer, 'one')
  const { db, ownerUrl } = app.database
  const { new: newStatus, working } = await findStatusIds(dealer.admin)
  const principal: TenantPrincipal = {
    ...{ kind: 'key', dealerId: dealer.id, id: ids.apiKey, scopes: ['admin'], sourceId: null }
  }
  const now = new Date()

  /** The lock, the row that it holds, and what must wait for it. */
  const cases: [
    name: string,
    lock: (tx: Transaction) => Promise<unknown>,
    row: [table: string, id: string],
    waits: 'a change' | 'removal'
  ][] = [
    ['lockAssignee', (tx) => lockAssignee(tx, ids.user), ['users', ids.user], 'a change'],
    [
      'lockActiveAssignees',
      (tx) => lockActiveAssignees(tx, [ids.user]),
      ['users', ids.user],
      'a change'
    ],
    [
      'lockAccountById',
      (tx) => lockAccountById(tx, ids.account),
      ['accounts', ids.account],
      'a change'
    ],
    [
      'holdAccount',
      (tx) => holdAccount(tx, principal, ids.account),
      ['accounts', ids.account],
      'removal'
    ],
    [
      'lockOpportunityById',
      (tx) => lockOpportunityById(tx, ids.opportunity),
      ['opportunities', ids.opportunity],
      'a change'
    ],
    [
      'holdOpportunity',
      (tx) => holdOpportunity(tx, principal, ids.opportunity),
      ['opportunities', ids.opportunity],
      'removal'
    ],
    [
      'holdOpportunity, of its client',
      (tx) => holdOpportunity(tx, principal, ids.opportunity),
      ['clients', ids.client],
      'removal'
    ],
    ['lockClientById', (tx) => lockClientById(tx, ids.client), ['clients', ids.client], 'a change'],
    [
      'lockMoving, of a client',
      (tx) => lockMoving(tx, 'opportunities', { clientId: ids.client, limit: 10 }),
      ['opportunities', ids.opportunity],
      'a change'
    ],
    [
      'lockMoving, by ids',
      (tx) => lockMoving(tx, 'leads', { ids: [ids.lead] }),
      ['leads', ids.lead],
      'a change'
    ],
    ['lockAwaitedLead', (tx) => lockAwaitedLead(tx, ids.lead), ['leads', ids.lead], 'a change'],
    ['lockLeadById', (tx) => lockLeadById(tx, ids.lead), ['leads', ids.lead], 'a change'],
    [
      'lockLeadAssignments',
      (tx) => lockLeadAssignments(tx, principal, [ids.lead]),
      ['leads', ids.lead],
      'a change'
    ],
    ['holdStatus', (tx) => holdStatus(tx, ids.status), ['statuses', ids.status], 'removal'],
    [
      'holdStatusOfGroup',
      (tx) => holdStatusOfGroup(tx, 'working', ids.status),
      ['statuses', ids.status],
      'removal'
    ],
    [
      'reindexBatch',
      (tx) => reindexBatch(tx, 'lead', { searchable: [], after: null, limit: 100 }),
      ['leads', ids.lead],
      'a change'
    ],
    [
      'lockRewardsOfSales',
      (tx) => lockRewardsOfSales(tx, [ids.sale]),
      ['rewards', ids.reward],
      'a change'
    ],
    ['lockSaleById', (tx) => lockSaleById(tx, ids.sale), ['sales', ids.sale], 'a change']
  ]
  for (const [name, lock, [table, id], waits] of cases) {
    await t.test(`${name}: ${waits} of ${table} waits`, async (t) => {
      const strength = waits === 'removal' ? 'update' : 'no key update'
      const take = () =>
        asClient(ownerUrl, async (client) => {
          await client.query(`select set_config('app.tenant', $1, false)`, [dealer.id])
          return await client.query(
            `select id from ${table} where id = $1 for ${strength} nowait`,
            [id]
          )
        })
      await db.transaction(dealer.id, async (tx) => {
        await lock(tx)
        await t.rejects(take(), { code: '55P03' }, 'while the transaction lasts')
      })
      t.equal((await take()).rowCount, 1, 'and no longer')
    })
  }

  /** Changes a row, lets `move` begin and wait for it, then commits. */
  const race = async <T>(
    change: (tx: Transaction) => Promise<unknown>,
    move: (tx: Transaction) => Promise<T>
  ): Promise<T> => {
    const moving: Promise<T>[] = []
    await db.transaction(dealer.id, async (tx) => {
      await change(tx)
      moving.push(db.transaction(dealer.id, move))
      for (;;) {
        const [row] = await asClient(
          ownerUrl,
          async (client) => (await client.query(`select from pg_locks where not granted`)).rows
        )
        if (row) break
        await wait(20)
      }
    })
    const [moved] = await Promise.all(moving)
    return must(moved)
  }

  await t.test('a sale that leaves a status meanwhile is not moved with the rest', async (t) => {
    const find = async (tx: Transaction) =>
      (
        await tx.orm.select({ statusId: sales.statusId }).from(sales).where(eq(sales.id, ids.sale))
      )[0]
    const from = (await db.read(dealer.id, find))?.statusId ?? ''
    const other = (
      await dealer.admin('POST', '/v1/sale-statuses', { name: 'Other', group: 'open' })
    ).body.id
    const moved = await race(
      (tx) => tx.orm.update(sales).set({ statusId: ids.saleStatus }).where(eq(sales.id, ids.sale)),
      (tx) => moveSalesWithStatus(tx, { from, to: other, limit: 10, now })
    )
    t.strictSame(moved, [])
    t.strictSame(await db.read(dealer.id, find), { statusId: ids.saleStatus })
  })

  await t.test('a lead that leaves a status meanwhile is not moved with the rest', async (t) => {
    const find = async (tx: Transaction) =>
      (
        await tx.orm.select({ statusId: leads.statusId }).from(leads).where(eq(leads.id, ids.lead))
      )[0]
    const from = (await db.read(dealer.id, find))?.statusId ?? ''
    t.equal(from, newStatus)
    const moved = await race(
      (tx) => tx.orm.update(leads).set({ statusId: working }).where(eq(leads.id, ids.lead)),
      (tx) => moveLeadsWithStatus(tx, { from, to: ids.status, limit: 10, keepsReason: true, now })
    )
    t.notOk(moved.some(({ id }) => id === ids.lead))
    t.strictSame(await db.read(dealer.id, find), { statusId: working })
  })
})
