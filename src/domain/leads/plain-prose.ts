import { htmlToText } from '../text/html-text.ts'
import type { LeadContent, UnmappedValue } from './lead.ts'

/** How much of a text as given the lead shows: the payload has all of it. */
const MAX_SHOWN = 2_000

/** The prose of a lead that people read: HTML in it becomes plain text, and the text as given is told. */
export function plainProse<T extends Pick<LeadContent, 'message' | 'vehicles' | 'unmapped'>>(
  content: T,
  paths: { message: string; comments: (index: number) => string }
): T {
  const told: UnmappedValue[] = []
  const plain = (text: string | null, path: string) => {
    const read = text === null ? null : htmlToText(text)
    if (text === null || read === null) return text
    told.push({ path, text: text.slice(0, MAX_SHOWN).toWellFormed(), code: 'html_text' })
    return read === '' ? null : read
  }
  const message = plain(content.message, paths.message)
  const vehicles = content.vehicles.map((vehicle, index) => ({
    ...vehicle,
    comments: plain(vehicle.comments, paths.comments(index))
  }))
  if (told.length === 0) return content
  return { ...content, message, vehicles, unmapped: [...content.unmapped, ...told] }
}
