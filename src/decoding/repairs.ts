import type { UnmappedValue } from '../domain/leads/lead.ts'
import type { RepairCode } from '../domain/reasons/repair-reasons.ts'
import { CONTROL_CHARACTERS } from '../domain/text/control-characters.ts'

/** How many places of one kind of repair are told one by one. */
const MAX_PLACES = 10
const MAX_TEXT_LENGTH = 120

interface Place {
  offset: number
  text: string
}

/** What was changed in a document so that it could be read, by kind and place. */
export class Repairs {
  readonly #places = new Map<RepairCode, Place[]>()
  readonly #last = new Map<RepairCode, number>()

  /** `offset` is in the text of the document; `text` is what was there. */
  add(code: RepairCode, offset: number, text: string): void {
    const places = this.#places.get(code) ?? []
    if (places.length < MAX_PLACES) places.push({ offset, text })
    else this.#last.set(code, offset)
    this.#places.set(code, places)
  }

  /**
   * A value for each place, `document:12` for line 12; what is more of one kind is one value with the
   * lines from the first to the last, `document:30-812`.
   */
  describe(document: string): UnmappedValue[] {
    const places = Array.from(this.#places.values()).flat()
    const offsets = [...places.map(({ offset }) => offset), ...this.#last.values()]
    const lines = linesOf(document, offsets)
    const lineOf = (offset: number) => String(lines.get(offset) ?? 1)
    return Array.from(this.#places, ([code, found]) => {
      const first = found.at(-1)?.offset ?? 0
      const last = this.#last.get(code)
      const told = found.map(({ offset, text }) => ({
        path: `document:${lineOf(offset)}`,
        text: printable(text),
        code
      }))
      if (last === undefined) return told
      return [...told, { path: `document:${lineOf(first)}-${lineOf(last)}`, text: '', code }]
    }).flat()
  }
}

/** The text as it can be stored and shown: control characters by their number, and not all of it. */
function printable(text: string): string {
  const shown = text.replace(
    CONTROL_CHARACTERS,
    (character) => `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
  )
  return Array.from(shown.slice(0, 2 * MAX_TEXT_LENGTH))
    .slice(0, MAX_TEXT_LENGTH)
    .join('')
}

/** The line of each offset, from 1, by one walk over the text. */
function linesOf(text: string, offsets: readonly number[]): Map<number, number> {
  const lines = new Map<number, number>()
  let line = 1
  let next = text.indexOf('\n')
  for (const offset of offsets.toSorted((a, b) => a - b)) {
    while (next !== -1 && next < offset) {
      line += 1
      next = text.indexOf('\n', next + 1)
    }
    lines.set(offset, line)
  }
  return lines
}
