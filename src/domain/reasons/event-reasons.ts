/** Reasons of events that the program causes; people give reasons in their own words. */
export const EVENT_REASONS = {
  move_undone: [],
  sale_cancelled: [],
  sale_restored: [],
  sale_undone: [],
  status_deleted: []
} as const
export type EventCode = keyof typeof EVENT_REASONS

export function isEventCode(value: unknown): value is EventCode {
  return typeof value === 'string' && Object.hasOwn(EVENT_REASONS, value)
}
