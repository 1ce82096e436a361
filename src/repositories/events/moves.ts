import { sqlList } from '../../database/sql-list.ts'
import { MOVE_EVENTS } from '../../domain/events/event.ts'

/**
 * Whether an event moved its lead: a condition on the event's alias. The types are constants, not a
 * parameter, so that the indexes of moves serve.
 */
export function isMove(event: string): string {
  return `${event}.type in (${sqlList(MOVE_EVENTS)})`
}
