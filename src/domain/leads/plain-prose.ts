import { withoutReferences } from '../text/html-references.ts'
import { htmlToText } from '../text/html-text.ts'
import { htmlText } from './known-texts.ts'
import type { LeadContent, UnmappedValue } from './lead.ts'
import type { Vehicle } from './vehicle.ts'

/** How much of a text as given the lead shows: the payload has all of it. */
const MAX_SHOWN = 2_000

/**
 * The texts of a lead that people read: HTML in prose becomes plain text, references of HTML in short texts of
 * vehicles become their signs, and the text as given is told.
 */
export function plainProse<T extends Pick<LeadContent, 'message' | 'vehicles' | 'unmapped'>>(
  content: T,
  paths: { message: string; vehicle: (index: number, member: string) => string }
): T {
  const told: UnmappedValue[] = []
  const plain = (text: string | null, path: string) => {
    const read = text === null ? null : htmlToText(text)
    if (text === null || read === null) return text
    told.push({ path, text: text.slice(0, MAX_SHOWN).toWellFormed(), code: 'html_text' })
    return read === '' ? null : read
  }
  const message = plain(content.message, paths.message)
  const short = ([name, value]: [string, unknown], index: number): [string, unknown] => {
    if (typeof value !== 'string' || name === 'comments') return [name, value]
    const read = withoutReferences(value)
    if (read !== value) told.push(htmlText(paths.vehicle(index, name), value))
    return [name, read]
  }
  const vehicles = content.vehicles.map((vehicle, index): Vehicle => ({
    ...(Object.fromEntries(
      Object.entries(vehicle).map((member) => short(member, index))
    ) as unknown as Vehicle),
    comments: plain(vehicle.comments, paths.vehicle(index, 'comments'))
  }))
  if (told.length === 0) return content
  return { ...content, message, vehicles, unmapped: [...content.unmapped, ...told] }
}
