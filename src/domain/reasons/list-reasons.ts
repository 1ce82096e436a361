/** Why a list of leads is empty. */
export const LIST_CHECKS = {
  filters_hide_all: [],
  no_leads_yet: [],
  nothing_assigned: [],
  in_no_queue: [],
  nothing_waiting: []
} as const
export type ListCheckCode = keyof typeof LIST_CHECKS
