import {
  BLANK_CLIENT,
  NAME_PARTS,
  comesIn,
  fillClient,
  isPoints,
  readClientField,
  takesName
} from './client-fields.ts'
import type { Client, ClientContent } from './client.ts'
import { isBlank } from '../fields/custom-field.ts'
import type { Refusal } from '../refusals.ts'
import { escapePointer } from '../text/json-pointer.ts'
import { carried } from './planned-field.ts'
import type { PlannedField } from './planned-field.ts'

/** How many leads, activities, opportunities or sales, each, one merge takes along. */
export const MAX_MERGED = 2_000

/** The limit of vehicles of interest, the same wherever clients are written. */
const MAX_VEHICLES = 20

/** Whose value a field has after a merge. */
export const MERGE_SIDES = ['remaining', 'merged'] as const
export type MergeSide = (typeof MERGE_SIDES)[number]

/** How contents are merged: `fields` are choices by the names of `mergedFields`. */
export interface MergeChoices {
  /** Whether the values of the merged client replace those of the remaining one. */
  overwrite: boolean
  fields: Readonly<Record<string, MergeSide>>
}

/** A name is chosen whole. */
const NAME = 'contact.name'

/**
 * What is known of a client once another has become one with them: only what is empty is filled, unless
 * `overwrite` or a choice says otherwise; e-mails, phones and vehicles are added. What they agree to is the ledger's
 * matter.
 */
export function mergeContents(
  kept: ClientContent,
  gone: ClientContent,
  choices: MergeChoices
): ClientContent {
  const filled = fillClient(kept, planFields(kept, gone, choices))
  const values = Object.entries(filled.customFields).filter(([, value]) => !isBlank(value))
  return {
    ...filled,
    customFields: Object.fromEntries(values),
    vehicleInterests: addVehicles(kept, gone)
  }
}

/** One field of two clients before they are merged. */
export interface MergedField {
  field: string
  remaining: unknown
  merged: unknown
  /** The value after the merge. */
  value: unknown
  /** Whose value that is; `both`: entries of both. */
  from: MergeSide | 'both'
  /** Whether it can be chosen: lists take the entries of both. */
  isChoice: boolean
}

/** What a merge would make of two clients. */
export interface MergePreview {
  remaining: Client
  merged: Client
  fields: MergedField[]
  /** How many records would move, each counted up to one more than a merge takes along. */
  moves: Record<'leads' | 'activities' | 'opportunities' | 'sales', number>
}

/** The fields in which two clients differ, with the values that a merge by these choices gives. */
export function mergedFields(
  kept: ClientContent,
  gone: ClientContent,
  choices: MergeChoices
): MergedField[] {
  const after = mergeContents(kept, gone, choices)
  const planned = planFields(kept, gone, choices).filter(({ to }) => !isNamePart(to))
  const name = [kept, gone, after].map(({ contact }) => nameOf(contact))
  const rows = [
    { field: NAME, remaining: name[0], merged: name[1], value: name[2], isChoice: true },
    ...planned.map(({ to, current, value }) => ({
      field: wireName(to),
      remaining: current,
      merged: value,
      value: readClientField(after, to),
      isChoice: !isPoints(to)
    })),
    {
      field: 'vehicleInterests',
      remaining: kept.vehicleInterests,
      merged: gone.vehicleInterests,
      value: after.vehicleInterests,
      isChoice: false
    }
  ]
  return rows
    .filter((row) => !isSame(row.remaining, row.merged))
    .map((row) => ({ ...row, from: sideOf(row) }))
}

/** Refuses choices of fields that neither client has, or that take the entries of both. */
export function refuseChoices(
  kept: ClientContent,
  gone: ClientContent,
  { fields }: MergeChoices
): Refusal | null {
  const single = fieldsOf(kept, gone).filter((to) => !isPoints(to) && !isNamePart(to))
  const known = new Set([NAME, ...single.map(wireName)])
  const unknown = Object.keys(fields).filter((field) => !known.has(field))
  if (unknown.length === 0) return null
  const fault = 'no-choice' as const
  const faults = unknown.map((field) => ({ pointer: `/fields/${escapePointer(field)}`, fault }))
  return { refusal: 'invalid', faults }
}

function planFields(
  kept: ClientContent,
  gone: ClientContent,
  { overwrite, fields }: MergeChoices
): PlannedField[] {
  const names = takesName(kept.contact, gone.contact, overwrite)
  return fieldsOf(kept, gone).map((to) => {
    const current = readClientField(kept, to)
    const field = { ...carried(to, to, readClientField(gone, to)), current }
    const chosen = isPoints(to) ? undefined : fields[isNamePart(to) ? NAME : wireName(to)]
    const applied =
      chosen === undefined ? comesIn(field, { names, overwrite }) : chosen === 'merged'
    return { ...field, applied }
  })
}

function fieldsOf(kept: ClientContent, gone: ClientContent): string[] {
  const custom = new Set([...Object.keys(gone.customFields), ...Object.keys(kept.customFields)])
  return [
    ...Object.keys(BLANK_CLIENT.contact).map((part) => `client.contact.${part}`),
    'client.description',
    ...[...custom].map((key) => `client.customFields.${key}`)
  ]
}

function isNamePart(to: string): boolean {
  return NAME_PARTS.some((part) => to === `client.contact.${part}`)
}

function wireName(to: string): string {
  return to.slice('client.'.length)
}

function nameOf(contact: ClientContent['contact']): Record<string, string> | null {
  const parts = NAME_PARTS.flatMap((part) => {
    const value = contact[part]
    return value === null ? [] : [[part, value] as const]
  })
  return parts.length === 0 ? null : Object.fromEntries(parts)
}

function sideOf({
  remaining,
  merged,
  value
}: Pick<MergedField, 'remaining' | 'merged' | 'value'>): MergedField['from'] {
  if (isSame(value, remaining)) return 'remaining'
  return isSame(value, merged) ? 'merged' : 'both'
}

function isSame(a: unknown, b: unknown): boolean {
  return (isBlank(a) && isBlank(b)) || JSON.stringify(a) === JSON.stringify(b)
}

function addVehicles(kept: ClientContent, gone: ClientContent): ClientContent['vehicleInterests'] {
  const known = new Set(kept.vehicleInterests.map((vehicle) => JSON.stringify(vehicle)))
  const others = gone.vehicleInterests.filter((vehicle) => !known.has(JSON.stringify(vehicle)))
  return [...kept.vehicleInterests, ...others].slice(
    0,
    Math.max(MAX_VEHICLES, kept.vehicleInterests.length)
  )
}
