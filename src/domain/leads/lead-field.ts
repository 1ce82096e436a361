import type { Lead, LeadContent, Reference } from './lead.ts'
import type { Money } from './values.ts'
import type { Odometer } from './vehicle.ts'

/**
 * What a field's value is. `date` is a day, or a time with offset, as the sender wrote it; `instant`
 * is RFC 3339, `time` is HH:MM. `any` is a custom field, which holds what was sent.
 */
export type FieldKind =
  | ('text' | 'prose' | 'lines' | 'choice' | 'language' | 'country' | 'list' | 'any')
  | ('email' | 'emails' | 'phone' | 'phones')
  | ('number' | 'year' | 'flag' | 'money' | 'odometer')
  | ('date' | 'instant' | 'time')

/**
 * `rule`: rules compare it, and a field mapping carries it over. `import`: a column of a file fills
 * it. `export`: it is a column of an export. `template`: templates print it.
 */
export const FIELD_USES = ['rule', 'import', 'export', 'template'] as const
export type FieldUse = (typeof FIELD_USES)[number]

/** The form of a field's value, and how far text may go to become one. */
export interface FieldShape {
  kind: FieldKind
  maxLength?: number
  choices?: readonly string[]
  minimum?: number
  maximum?: number
  /** Where they differ from those of its part. */
  uses?: readonly FieldUse[]
}

/** A field of a lead, by its path in the lead's JSON. */
export interface LeadField extends FieldShape {
  path: string
  /** The path without its last name; empty for a member of the lead itself. */
  part: string
  member: string
  uses: readonly FieldUse[]
  /** One value for each of the part that the lead has; blank where it says nothing. */
  read: (lead: KnownLead) => readonly unknown[]
}

/** The known members of a lead: all of a stored one, fewer of one that is being captured. */
export interface KnownLead extends Partial<
  Pick<Lead, 'id' | 'duplicateOf' | 'quarantineReason' | 'temperature' | 'temperatureBy'> &
    Pick<Lead, 'score' | 'nextAction' | 'receivedAt' | 'updatedAt'>
> {
  content: LeadContent
  source?: Partial<Lead['source']> & { kind?: string }
  status?: Partial<Lead['status']>
  statusReason?: Partial<NonNullable<Lead['statusReason']>> | null
  statusReasonText?: string | null
  assignee?: Partial<Reference> | null
  queue?: Partial<Reference> | null
  promoter?: Partial<Reference> | null
  client?: Partial<Reference> | null
  referralLink?: Partial<NonNullable<Lead['referralLink']>> | null
  /** The latest qualification's result. */
  qualification?: string | null
  /** Wall clock of the dealer's zone when the lead was received. */
  local?: { time: string; weekday: string }
}

/** Fields of one part of a lead: each shape is the member's of the same name, null leaves it out. */
export function fieldsOf<Part extends object>(
  part: string,
  read: (lead: KnownLead) => readonly (Part | null | undefined)[],
  shapes: Partial<Record<keyof Part & string, FieldShape | null>>,
  uses: readonly FieldUse[] = FIELD_USES
): LeadField[] {
  const members = Object.keys(shapes) as (keyof Part & string)[]
  return members.flatMap((member) => {
    const shape = shapes[member]
    if (!shape) return []
    const path = part === '' ? member : `${part}.${member}`
    const values = (lead: KnownLead) => read(lead).map((one) => one?.[member])
    return [{ uses, ...shape, path, part, member, read: values }]
  })
}

/** A field that is read in a way of its own. */
export function fieldAt(path: string, shape: FieldShape, read: LeadField['read']): LeadField {
  const at = path.lastIndexOf('.')
  return {
    uses: FIELD_USES,
    ...shape,
    path,
    part: path.slice(0, Math.max(at, 0)),
    member: path.slice(at + 1),
    read
  }
}

export function isMoney(value: unknown): value is Money {
  return typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value
}

export function isOdometer(value: unknown): value is Odometer {
  return typeof value === 'object' && value !== null && 'value' in value && 'unit' in value
}
