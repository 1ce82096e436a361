import type { Reference } from '../leads/lead.ts'

/** Open work: open leads that are neither tests nor held. */
export const WORK_MEASURES = ['unassigned', 'overdue', 'dueSoon'] as const
export type WorkMeasure = (typeof WORK_MEASURES)[number]

export const WORK_LABELS: Record<WorkMeasure, string> = {
  unassigned: 'Unassigned',
  overdue: 'Overdue',
  dueSoon: 'About to breach'
}

export const WORK_MEANINGS: Record<WorkMeasure, string> = {
  unassigned: 'The lead waits in a queue.',
  overdue: '`respondBy` of the lead’s clock has passed without a user acting.',
  dueSoon: '`respondBy` of the lead’s clock is within the next `withinMinutes` minutes.'
}

/** How soon is soon, where nothing else is said. */
export const DEFAULT_WITHIN_MINUTES = 60

/** The work of a user, or that waits in a queue. */
export interface WorkRow {
  queue: Reference | null
  user: Reference | null
  counts: Record<WorkMeasure, number>
}
