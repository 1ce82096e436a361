import type { Actor, ActorType } from '../domain/events/event.ts'

/** The columns of an actor, shared by tables. */
interface ActorColumns {
  actorType: ActorType
  actorId: string | null
}

export function actorColumns({ type, id }: Actor): ActorColumns {
  return { actorType: type, actorId: id }
}

/** A row as the domain knows it: without its dealer, and with its actor in one piece. */
export function withActor<Row extends ActorColumns & { dealerId?: string }>(
  row: Row
): Omit<Row, 'dealerId' | keyof ActorColumns> & { actor: Actor } {
  const { dealerId: _, actorType, actorId, ...rest } = row
  return { ...rest, actor: { type: actorType, id: actorId } }
}
