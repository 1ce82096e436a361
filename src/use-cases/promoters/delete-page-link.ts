import type { Database } from '../../database/client.ts'
import type { Refusal } from '../../domain/refusals.ts'
import type { Command } from '../command.ts'
import { write } from '../write.ts'
import { setPageSecret } from './steps/set-page-secret.ts'

interface DeletePageLink extends Command {
  promoterId: string
}

export async function deletePageLink(
  db: Database,
  command: DeletePageLink
): Promise<Refusal | null> {
  const { promoterId } = command
  return await write(db, command, (tx) => setPageSecret(tx, command, { promoterId, hash: null }))
}
