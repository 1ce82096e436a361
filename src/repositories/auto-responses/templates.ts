import { and, eq, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { lockedIf } from '../locks.ts'
import type { Lock } from '../locks.ts'
import { templates } from '../../database/schema.ts'
import type { Template } from '../../domain/auto-responses/template.ts'
import { afterId, idOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'
import { isRecord } from '../filters.ts'

export async function insertTemplate(tx: Transaction, template: Template): Promise<void> {
  await tx.orm.insert(templates).values({ dealerId: tx.dealerId, ...template })
}

/** One page of a dealer's templates, by id, which is by age. */
export async function listTemplates(tx: Transaction, page: PageRequest): Promise<Page<Template>> {
  const rows = await tx.orm
    .select()
    .from(templates)
    .where(and(eq(templates.dealerId, tx.dealerId), afterId(templates.id, page)))
    .orderBy(idOrder(templates.id, page))
    .limit(page.limit + 1)
  return toPage(rows.map(toTemplate), page, ({ createdAt, id }) => ({ at: createdAt, id }))
}

/** A lock for a deletion (`update`) waits for a publication of rules that name the template (`holdTemplates`). */
export async function findTemplate(
  tx: Transaction,
  id: string,
  lock?: Lock
): Promise<Template | null> {
  const query = tx.orm
    .select()
    .from(templates)
    .where(isRecord(tx, templates, id))
  const [row] = await lockedIf(query, lock, templates)
  return row ? toTemplate(row) : null
}

/** Changes a locked template and returns it as it is now. */
export async function updateTemplate(
  tx: Transaction,
  id: string,
  change: Partial<Pick<Template, 'name' | 'content'>>,
  now: Date
): Promise<Template> {
  const [row] = await tx.orm
    .update(templates)
    .set({ ...change, version: sql`${templates.version} + 1`, updatedAt: now })
    .where(isRecord(tx, templates, id))
    .returning()
  if (!row) throw new Error('a locked template is gone')
  return toTemplate(row)
}

export async function deleteTemplate(tx: Transaction, id: string): Promise<void> {
  await tx.orm.delete(templates).where(isRecord(tx, templates, id))
}

function toTemplate({ dealerId: _, ...template }: typeof templates.$inferSelect): Template {
  return template
}
