import { isBlank } from '../fields/custom-field.ts'
import { NAME_PARTS, isPoints, pointKey } from './client-fields.ts'
import type { ClientContent } from './client.ts'

/** What a client had before another was merged into it, after that, and now. */
interface Standings {
  before: ClientContent
  after: ClientContent
  now: ClientContent
}

/**
 * The content of a client from whom a merged one is separated again: what the merge brought goes, and what was
 * changed since stays. A name is one value, whichever of its parts was changed.
 */
export function separateContents({ before, after, now }: Standings): ClientContent {
  return {
    ...now,
    contact: separateContact({ before, after, now }),
    description: separated('description', { before, after, now }),
    vehicleInterests: withoutBrought(JSON.stringify, {
      before: before.vehicleInterests,
      after: after.vehicleInterests,
      now: now.vehicleInterests
    }),
    customFields: separateFields({ before, after, now })
  }
}

function separateContact({ before, after, now }: Standings): ClientContent['contact'] {
  const all = { before: before.contact, after: after.contact, now: now.contact }
  const names: readonly string[] = NAME_PARTS
  const isNameChanged = NAME_PARTS.some((part) => !isSame(all.now[part], all.after[part]))
  const parts = Object.keys(all.now) as (keyof ClientContent['contact'])[]
  const others = parts.filter((part) => !isPoints(`client.contact.${part}`))
  return {
    ...all.now,
    ...Object.fromEntries(
      others.map((part) => [
        part,
        names.includes(part) && isNameChanged ? all.now[part] : separated(part, all)
      ])
    ),
    emails: withoutBrought(pointKey, {
      before: all.before.emails,
      after: all.after.emails,
      now: all.now.emails
    }),
    phones: withoutBrought(pointKey, {
      before: all.before.phones,
      after: all.after.phones,
      now: all.now.phones
    })
  }
}

function separateFields({ before, after, now }: Standings): ClientContent['customFields'] {
  const all = { before: before.customFields, after: after.customFields, now: now.customFields }
  const keys = new Set([...Object.keys(all.before), ...Object.keys(all.now)])
  const values = [...keys].map((key): [string, unknown] => [key, separated(key, all)])
  return Object.fromEntries(values.filter(([, value]) => !isBlank(value)))
}

/** The value of a member: the earlier one, unless it was changed since. */
function separated<Of extends object, Name extends keyof Of>(
  name: Name,
  { before, after, now }: { before: Of; after: Of; now: Of }
): Of[Name] {
  return isSame(now[name], after[name]) ? before[name] : now[name]
}

/** The entries of a list but those that the merge brought. */
function withoutBrought<Entry>(
  keyOf: (entry: Entry) => string,
  { before, after, now }: { before: Entry[]; after: Entry[]; now: Entry[] }
): Entry[] {
  if (isSame(now, after)) return before
  const had = new Set(before.map(keyOf))
  const brought = new Set(after.map(keyOf).filter((key) => !had.has(key)))
  return now.filter((entry) => !brought.has(keyOf(entry)))
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
}
