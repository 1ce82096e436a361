import { and, eq } from 'drizzle-orm'

import type { Transaction } from '../../database/client.ts'
import { importFiles } from '../../database/schema.ts'

/** Stores a piece of a file; pieces are numbered from 1. */
export async function insertFilePiece(
  tx: Transaction,
  importId: string,
  { number, piece }: { number: number; piece: Buffer }
): Promise<void> {
  await tx.orm.insert(importFiles).values({ dealerId: tx.dealerId, importId, number, piece })
}

/** A piece of a file; null: the file has fewer. */
export async function findFilePiece(
  tx: Transaction,
  importId: string,
  number: number
): Promise<Buffer | null> {
  const [row] = await tx.orm
    .select({ piece: importFiles.piece })
    .from(importFiles)
    .where(and(ofImport(tx, importId), eq(importFiles.number, number)))
  return row?.piece ?? null
}

export async function removeImportFile(tx: Transaction, importId: string): Promise<void> {
  await tx.orm.delete(importFiles).where(ofImport(tx, importId))
}

function ofImport(tx: Transaction, importId: string) {
  return and(eq(importFiles.dealerId, tx.dealerId), eq(importFiles.importId, importId))
}
