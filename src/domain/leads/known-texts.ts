import { isAbsentValue } from '../text/absent-values.ts'
import { cleanText } from '../text/clean-text.ts'
import { withoutDoubleEncoding } from '../text/double-encoding.ts'
import { plainShortText } from '../text/html-text.ts'
import type { UnmappedValue } from './lead.ts'

/** Members as far as they say something, and what was taken for an absent value. */
export interface KnownTexts<Members> {
  members: Members
  repairs: UnmappedValue[]
}

/**
 * The members of a record with their texts clean, and signs for references of HTML. A blank text becomes null, and so does one that
 * stands for an absent value, such as `N/A`; that one is among the repairs, by its path below `path`.
 * Members in `kept` are prose, and stay as they are.
 */
export function knownTexts<Members extends object>(
  members: Members,
  path: string,
  kept: readonly (keyof Members)[] = []
): KnownTexts<Members> {
  const known: Members = { ...members }
  const repairs: UnmappedValue[] = []
  for (const [name, value] of Object.entries(members) as [keyof Members & string, unknown][]) {
    if (typeof value !== 'string' || kept.includes(name)) continue
    const meant = withoutDoubleEncoding(value)
    const isAbsent = isAbsentValue(meant)
    const plain = plainShortText(meant)
    if (meant !== value) repairs.push(doubleEncoding(`${path}/${name}`, value))
    const text = isAbsent ? null : cleanText(plain)
    if (plain !== meant) repairs.push(htmlText(`${path}/${name}`, value))
    if (isAbsent && value.trim() !== '') repairs.push(absentValue(`${path}/${name}`, value))
    Object.assign(known, { [name]: text === '' ? null : text })
  }
  return { members: known, repairs }
}

export function absentValue(path: string, text: string): UnmappedValue {
  return { path, text: text.trim(), code: 'absent_value' }
}

/** A text that was encoded twice, as it was given. */
export function doubleEncoding(path: string, text: string): UnmappedValue {
  return { path, text: text.trim(), code: 'double_encoding' }
}

/** A text that had references of HTML, as it was given. */
export function htmlText(path: string, text: string): UnmappedValue {
  return { path, text: text.trim(), code: 'html_text' }
}
