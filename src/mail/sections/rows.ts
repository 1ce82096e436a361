import { inertText } from '../inert-text.ts'
import type { Formats } from './formats.ts'
import type { Wording } from '../wording/wording-terms.ts'

/** One labelled line of a mail. Both text and HTML are written from these. */
export interface Row {
  label: string
  /** May have several lines. Comes from strangers: the renderers make it harmless. */
  value: string
  /** What the value begins with, and where it leads: a number to call, an address to write to. */
  link?: { text: string; url: string }
}

export interface Section {
  title: string
  rows: Row[]
}

/** Converts the values of a lead to rows, in a language and by the settings of a dealer. */
export interface Writing {
  wording: Wording
  formats: Formats
}

/** No row for what the lead doesn't say: a mail full of dashes hides what it does say. */
export function row(label: string, value: string | null | undefined): Row[] {
  return value === null || value === undefined || value.trim() === '' ? [] : [{ label, value }]
}

/** A row whose whole value leads to a page of ours or of the dealer, if there is one. */
export function linkedRow(label: string, value: string, url: string | null): Row[] {
  const text = inertText(value)
  return row(label, value).map((plain) =>
    url === null ? plain : { ...plain, link: { text, url } }
  )
}

export function sectionOf(title: string, rows: Row[]): Section[] {
  return rows.length === 0 ? [] : [{ title, rows }]
}

/** "first, second": the parts that are there. */
export function join(parts: readonly (string | null | undefined)[], separator = ', '): string {
  return parts.filter((part) => part !== null && part !== undefined && part !== '').join(separator)
}

/** The word for a value that may be one of ours; any other text as the sender wrote it. */
export function wordFor(words: Readonly<Record<string, string>>, value: string): string {
  return (Object.hasOwn(words, value) ? words[value] : null) ?? value
}

/** The text a value was read from, where that says more than the value. */
export function givenAs({ wording }: Writing, raw: string, shown: string): string {
  return raw.trim() === shown ? '' : ` (${wording.givenAs}: ${raw.trim()})`
}
