import { and, eq } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { qualifications } from '../../database/schema.ts'
import type { Qualification } from '../../domain/qualification/form.ts'
import { actorColumns, withActor } from '../actors.ts'
import { afterId, idOrder, toPage } from '../paging.ts'
import type { Page, PageRequest } from '../paging.ts'

export async function insertQualification(
  tx: Transaction,
  { actor, ...qualification }: Qualification
): Promise<void> {
  await tx.orm.insert(qualifications).values({
    dealerId: tx.dealerId,
    ...qualification,
    ...actorColumns(actor)
  })
}

/** One page of a lead's qualifications by id, which is by time. */
export async function listQualifications(
  tx: Transaction,
  leadId: string,
  page: PageRequest
): Promise<Page<Qualification>> {
  const rows = await tx.orm
    .select()
    .from(qualifications)
    .where(
      and(
        eq(qualifications.dealerId, tx.dealerId),
        eq(qualifications.leadId, leadId),
        afterId(qualifications.id, page)
      )
    )
    .orderBy(idOrder(qualifications.id, page))
    .limit(page.limit + 1)
  return toPage(rows.map(withActor), page, ({ createdAt, id }) => ({ at: createdAt, id }))
}
