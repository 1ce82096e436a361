import { sql } from 'drizzle-orm'
import t from 'tap'

import type { Transaction } from '../../src/database/client.ts'
import type { TenantPrincipal } from '../../src/domain/access/permissions.ts'
import { notFound } from '../../src/domain/refusals.ts'
import { newId } from '../../src/ids.ts'
import { findSourceByKey, insertSources } from '../../src/repositories/dealers/sources.ts'
import { createOnce } from '../../src/use-cases/write.ts'
import { write } from '../../src/use-cases/write.ts'
import { createTestApp } from '../support/app.ts'

void t.test('writes', async (t) => {
  const { database, createDealer } = await createTestApp(t)
  const { db } = database
  const dealer = await createDealer()
  const now = new Date('2026-11-21T12:00:00Z')
  const principal: TenantPrincipal = {
    kind: 'key',
    dealerId: dealer.id,
    id: newId(),
    scopes: ['admin'],
    sourceId: null
  }
  const command = { principal, now, idempotency: null }
  const insert = async (tx: Transaction, key: string) => {
    const stamps = { version: 1, createdAt: now, updatedAt: now }
    const source = {
      id: newId(),
      key,
      name: key,
      kind: 'other',
      active: true,
      lenient: false,
      quietAfterHours: null,
      ...stamps
    } as const
    await insertSources(tx, [source])
    return source
  }
  const exists = async (key: string) =>
    (await db.read(dealer.id, (tx) => findSourceByKey(tx, key))) !== null

  await t.test('a refused write leaves nothing behind, others commit', async (t) => {
    await write(db, command, (tx) => insert(tx, 'kept'))
    t.ok(await exists('kept'))
    const refused = await write(db, command, async (tx) => {
      await insert(tx, 'refused')
      return notFound('source')
    })
    t.strictSame(refused, notFound('source'))
    t.notOk(await exists('refused'))
  })

  await t.test('a refused creation does not use up its idempotency key', async (t) => {
    const respond = () => ({ body: {}, location: '/' })
    const idempotency = { key: 'one', requestHash: 'hash', operation: 'test', respond }
    const refused = await createOnce(db, { ...command, idempotency }, async (tx) => {
      await insert(tx, 'again')
      return notFound('source')
    })
    t.strictSame(refused, notFound('source'))
    const created = await createOnce(db, { ...command, idempotency }, (tx) => insert(tx, 'again'))
    t.hasStrict(created, { done: { key: 'again' } })
    const repeated = await createOnce(db, { ...command, idempotency }, (tx) => insert(tx, 'third'))
    t.strictSame(repeated, { replay: { body: {}, location: '/' } })
    t.notOk(await exists('third'))
  })

  await t.test('locks that are read first are held while the work is done', async (t) => {
    const order: string[] = []
    const one = async (name: string) =>
      await write(
        db,
        command,
        async (tx, heldLocks) => {
          order.push(`${name} begins`)
          await tx.orm.execute(sql`select pg_sleep(0.05)`)
          order.push(`${name} ends`)
          return heldLocks.length
        },
        async () => Promise.resolve(['person a', 'person b'])
      )
    t.strictSame(await Promise.all([one('x'), one('y')]), [2, 2])
    const [first, second] = order[0] === 'x begins' ? ['x', 'y'] : ['y', 'x']
    t.strictSame(order, [`${first} begins`, `${first} ends`, `${second} begins`, `${second} ends`])
  })

  await t.test('a transaction for reading refuses to write', async (t) => {
    const failure = db.read(dealer.id, (tx) => insert(tx, 'read'))
    await t.rejects(failure, { cause: { code: '25006' } })
    t.notOk(await exists('read'))
  })
})
