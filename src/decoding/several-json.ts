import { findBracket } from '../domain/text/json-depth.ts'

/** What may stand between two objects: blanks, a comma, and the sign of RFC 7464. */
const BETWEEN = /[\s,;\u001e\ufeff]/

/**
 * The objects of a text that has several, one after the other or each on a line of its own: programs join the
 * requests that wait so. Null: the text is something else.
 */
export function splitObjects(text: string): string[] | null {
  const pieces: string[] = []
  let at = 0
  for (;;) {
    while (at < text.length && BETWEEN.test(text.charAt(at))) at += 1
    if (at === text.length) return pieces.length > 1 ? pieces : null
    const end = text[at] === '{' ? endOfObject(text, at) : null
    if (end === null) return null
    pieces.push(text.slice(at, end))
    at = end
  }
}

/** The lines of a text in which each of several begins an object, though it may not end there; null: others do. */
export function linesOfObjects(text: string): string[] | null {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  return lines.length > 1 && lines.every((line) => /^\s*\{/.test(line)) ? lines : null
}

/** The place behind the brace that closes the object; null: none does. */
function endOfObject(text: string, start: number): number | null {
  let open = 0
  const end = findBracket(text, start, (bracket) => {
    if (bracket === '{') open += 1
    if (bracket === '}') open -= 1
    return bracket === '}' && open === 0
  })
  return end === null ? null : end + 1
}
