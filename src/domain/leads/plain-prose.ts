import { withoutDoubleEncoding } from '../text/double-encoding.ts'
import { withoutReferences } from '../text/html-references.ts'
import { htmlToText } from '../text/html-text.ts'
import { doubleEncoding, htmlText } from './known-texts.ts'
import type { LeadContent, UnmappedValue } from './lead.ts'

/** How much of a text as given the lead shows: the payload has all of it. */
const MAX_SHOWN = 2_000

type Told = Pick<LeadContent, 'message' | (typeof SHORT)[number] | 'unmapped'>

/** Parts whose texts are short. */
const SHORT = [
  'vehicles',
  'timeframe',
  'prequalification',
  'customFields',
  'attribution'
] as const satisfies (keyof LeadContent)[]

/**
 * The texts of a lead that people read: HTML in prose becomes plain text, references of HTML in short texts become
 * their signs, and the text as given is told. `pathOf` is the place of a text by the names of members.
 */
export function plainProse<T extends Told>(
  content: T,
  pathOf: (parts: readonly (string | number)[]) => string
): T {
  const told: UnmappedValue[] = []
  const prose = (text: string | null, parts: readonly (string | number)[]) => {
    if (text === null) return null
    const meant = withoutDoubleEncoding(text)
    const read = htmlToText(meant)
    const shown = text.slice(0, MAX_SHOWN).toWellFormed()
    const path = pathOf(parts)
    if (meant !== text) told.push({ path, text: shown, code: 'double_encoding' })
    if (read === null) return meant
    told.push({ path, text: shown, code: 'html_text' })
    return read === '' ? null : read
  }
  const message = prose(content.message, ['message'])
  const vehicles = content.vehicles.map((vehicle, index) => ({
    ...vehicle,
    comments: prose(vehicle.comments, ['vehicles', index, 'comments'])
  }))
  const plain: Told = { ...content, message, vehicles }
  const short = Object.fromEntries(
    SHORT.map((part) => [
      part,
      inSigns(plain[part], [part], (text, parts) => {
        const path = pathOf(parts)
        const meant = withoutDoubleEncoding(text)
        if (meant !== text) told.push(doubleEncoding(path, text))
        if (withoutReferences(meant) !== meant) told.push(htmlText(path, text))
      })
    ])
  ) as Pick<T, (typeof SHORT)[number]>
  if (told.length === 0) return content
  return { ...content, message, ...short, unmapped: [...content.unmapped, ...told] }
}

/** A value with its texts in signs, at any depth. */
function inSigns(
  value: unknown,
  parts: readonly (string | number)[],
  tell: (text: string, parts: readonly (string | number)[]) => void
): unknown {
  if (typeof value === 'string') {
    const read = withoutReferences(withoutDoubleEncoding(value))
    if (read !== value) tell(value, parts)
    return read
  }
  if (Array.isArray(value)) {
    return value.map((one: unknown, index) => inSigns(one, [...parts, index], tell))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      // Prose has been read by then.
      isComment(parts, name) ? (member as unknown) : inSigns(member, [...parts, name], tell)
    ])
  )
}

function isComment([part, ...others]: readonly (string | number)[], name: string): boolean {
  return part === 'vehicles' && others.length === 1 && name === 'comments'
}
