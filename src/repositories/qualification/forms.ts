import { and, asc, eq, sql } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { lockedIf } from '../locks.ts'
import type { Lock } from '../locks.ts'
import { qualificationForms } from '../../database/schema.ts'
import type { LeadType } from '../../domain/leads/lead.ts'
import type { FormContent, QualificationForm } from '../../domain/qualification/form.ts'

/** All forms of a dealer: at most one for each lead type. */
export async function listForms(tx: Transaction): Promise<QualificationForm[]> {
  const rows = await tx.orm
    .select()
    .from(qualificationForms)
    .where(eq(qualificationForms.dealerId, tx.dealerId))
    .orderBy(asc(qualificationForms.leadType))
  return rows.map(toForm)
}

export async function findForm(
  tx: Transaction,
  leadType: LeadType,
  lock?: Lock
): Promise<QualificationForm | null> {
  const query = tx.orm.select().from(qualificationForms).where(ofType(tx, leadType))
  const [row] = await lockedIf(query, lock, qualificationForms)
  return row ? toForm(row) : null
}

/** Inserts or replaces the form of a lead type. Two first inserts at once become versions 1 and 2. */
export async function writeForm(
  tx: Transaction,
  leadType: LeadType,
  content: FormContent,
  now: Date
): Promise<QualificationForm> {
  const [row] = await tx.orm
    .insert(qualificationForms)
    .values({
      dealerId: tx.dealerId,
      leadType,
      content,
      version: 1,
      createdAt: now,
      updatedAt: now
    })
    .onConflictDoUpdate({
      target: [qualificationForms.dealerId, qualificationForms.leadType],
      set: { content, version: sql`${qualificationForms.version} + 1`, updatedAt: now }
    })
    .returning()
  if (!row) throw new Error('a written form is missing')
  return toForm(row)
}

function ofType(tx: Transaction, leadType: LeadType) {
  return and(
    eq(qualificationForms.dealerId, tx.dealerId),
    eq(qualificationForms.leadType, leadType)
  )
}

function toForm({
  dealerId: _,
  content,
  ...form
}: typeof qualificationForms.$inferSelect): QualificationForm {
  return { ...form, ...content }
}
