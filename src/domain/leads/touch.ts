import { WORK_MOVE_EVENTS } from '../events/event.ts'
import type { EventType } from '../events/event.ts'

/**
 * Events by which a user or a key works on a lead. An activity counts when it is done. Assignments,
 * changed data, what the system does by itself, and corrections do not count: an unlink, a move to
 * another client, a merge of clients and an undo.
 */
export const TOUCHES = [
  ...WORK_MOVE_EVENTS,
  'lead.qualified',
  'handover.offered',
  'activity.created',
  'activity.updated'
] as const satisfies readonly EventType[]

/** The event of a deleted status moves leads on which no user worked: it has a code. */
const ACTIVITY_EVENTS: readonly EventType[] = ['activity.created', 'activity.updated']

/** Whether an event is work on its lead. */
export function isTouch(
  actor: { type: string },
  { type, data = {} }: { type: EventType; data?: Record<string, unknown> }
): boolean {
  if (actor.type !== 'user' && actor.type !== 'key') return false
  if (ACTIVITY_EVENTS.includes(type)) return data.state === 'done'
  const hasCode = data.code !== undefined && data.code !== null
  return TOUCHES.some((touch) => touch === type) && !hasCode
}
