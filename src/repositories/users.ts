import type { Transaction } from '../database/client.ts'
import { users } from '../database/schema.ts'
import type { User } from '../domain/user.ts'

export async function insertUser(
  tx: Transaction,
  user: User & { passwordHash: string | null }
): Promise<void> {
  await tx.orm.insert(users).values({ dealerId: tx.dealerId, ...user })
}
