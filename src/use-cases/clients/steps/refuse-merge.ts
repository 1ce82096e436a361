import type { Client } from '../../../domain/clients/client.ts'
import type { Refusal } from '../../../domain/refusals.ts'

/** Why two clients, found by the ids that the caller named, can't be merged; null: they can. */
export function refuseMerge(
  { survivorId, goneId }: { survivorId: string; goneId: string },
  { survivor, gone }: { survivor: Client; gone: Client }
): Refusal | null {
  if (survivorId === goneId) return { refusal: 'merged-with-itself' }
  // The id of a merged client means its survivor: the caller named another client.
  if (survivor.id !== survivorId || gone.id !== goneId) return { refusal: 'merged-before' }
  return null
}
