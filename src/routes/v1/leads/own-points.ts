import type { Database } from '../../../database/client.ts'
import type { OwnPoints } from '../../../domain/contacts/point-parsing.ts'
import { findOwnPoints } from '../../../repositories/dealers/own-points.ts'
import { parsePhone } from '../../../schemas/leads/contact-point.ts'

/** By what the people of a dealer are reached, who may be named in the text of a lead. */
export async function ownPointsAt(db: Database, dealerId: string): Promise<OwnPoints> {
  return await db.read(dealerId, (tx) => findOwnPoints(tx, parsePhone))
}
