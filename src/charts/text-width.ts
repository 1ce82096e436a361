/**
 * How wide texts are at most, in the widest of the usual sans-serif fonts: the reader's font is not
 * known where a chart is drawn, and texts must not run into each other there.
 */

const NARROW = new Set("ijl.,:;!|'` ()[]/\\-ftrI")
const WIDE = new Set('mwMW%@&—…')

/** In parts of the font's size. */
function widthOfCharacter(character: string): number {
  if (NARROW.has(character)) return 0.45
  if (WIDE.has(character)) return 1.05
  if (character > '\u024F') return 1.1
  if (character.toUpperCase() === character && character.toLowerCase() !== character) return 0.8
  return 0.66
}

/** In pixels, at most. */
export function widthOf(text: string, fontSize: number): number {
  let width = 0
  for (const character of text) width += widthOfCharacter(character)
  return width * fontSize
}

/**
 * The text within a width. What there is no room for is left out of its middle: names that begin alike
 * often end in what tells them apart.
 */
export function fitText(text: string, fontSize: number, width: number): string {
  if (widthOf(text, fontSize) <= width) return text
  const room = width - widthOf('…', fontSize)
  const characters = Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment)
  const start = takeWhileFits(characters, fontSize, room * 0.6)
  const end = takeWhileFits(characters.toReversed(), fontSize, room * 0.4).toReversed()
  return `${start.join('').trimEnd()}…${end.join('').trimStart()}`
}

function takeWhileFits(characters: readonly string[], fontSize: number, room: number): string[] {
  const taken: string[] = []
  let width = 0
  for (const character of characters) {
    width += widthOf(character, fontSize)
    if (width > room) break
    taken.push(character)
  }
  return taken
}

/**
 * Control characters, which no XML may hold, signs that turn the direction of what follows, and halves
 * of characters.
 */
const UNDRAWABLE =
  /[\u0000-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFFE\uFFFF]|\p{Surrogate}/gu

/** A text in one line, of nothing but what can be drawn. */
export function drawableText(text: string): string {
  return text.replaceAll(UNDRAWABLE, ' ').replaceAll(/\s+/g, ' ').trim()
}
