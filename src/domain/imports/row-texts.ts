import { NAME_PARTS } from '../contacts/read-names.ts'
import type { LeadField } from '../leads/lead-field.ts'
import type { UnmappedValue } from '../leads/lead.ts'
import { withoutDecimals } from '../text/whole-code.ts'
import { POINT_REPAIR_REASONS } from '../reasons/import-reasons.ts'
import type { PointRepairCode } from '../reasons/import-reasons.ts'
import { because } from '../reasons/reasons.ts'
import type { Reason } from '../reasons/reasons.ts'

/**
 * Prose says something, unless it is nothing but such a word. `none` is a value of campaigns, and perhaps of the
 * dealer's own fields. Parts of a name are read together, with the contact.
 */
export function mayBeAbsent({ part, member }: LeadField): boolean {
  if (part === 'contact' && NAME_PARTS.some((name) => name === member)) return false
  return part !== 'attribution' && part !== 'customFields'
}

/** Facebook writes ids as `l:1098…` and postal codes as `z:14604`, so that spreadsheets take them for texts; others are numbers there. */
export function withoutPrefix({ path, part }: LeadField, given: string): string {
  const isStock = path === 'vehicle.stockNumber'
  const isMarked = path === 'externalId' || part === 'attribution' || path.endsWith('.postalCode')
  if (!isStock && !isMarked) return given
  // Shops export `'28001`, so that spreadsheets take it for a text.
  const text = /^'[\p{L}\d]/u.test(given.slice(0, 2)) ? given.slice(1) : given
  if (isStock) return withoutDecimals(text)
  const [prefix = ''] = /^(?:ag|as|[lcfz]):(?=\d)/.exec(text.slice(0, 4)) ?? []
  return withoutDecimals(text.slice(prefix.length))
}

/** What was repaired in the e-mails, phones and consents of a row: it is told with the row, as that of a posted lead is. */
export function pointRepairs(
  unmapped: readonly UnmappedValue[]
): { path: string; text: string; reason: Reason<PointRepairCode> }[] {
  return unmapped.flatMap(({ path, text, code }) =>
    isPointRepair(code) ? [{ path, text, reason: because(code) }] : []
  )
}

function isPointRepair(code: UnmappedValue['code']): code is PointRepairCode {
  return code !== undefined && code in POINT_REPAIR_REASONS
}
