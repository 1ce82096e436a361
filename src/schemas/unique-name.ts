import { wordsText } from './shared.ts'

/** The keyword of names: blanks at their ends are cut before a route reads them, and a run of blanks is one. */
export const TIDY = 'x-tidy'

/** A name that no other record of its kind has: two that differ only in blanks would be one to readers. */
export function uniqueName(maxLength = 200) {
  const description = 'Blanks at its ends are cut, and a run of blanks is one.'
  return { ...wordsText(maxLength, description), [TIDY]: true }
}
