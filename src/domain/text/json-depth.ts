/** How deep JSON may be nested: the code that reads and stores it recurses. */
export const MAX_JSON_DEPTH = 64

/** Whether a text of JSON is nested deeper. Says nothing on whether it is well-formed. */
export function isNestedTooDeep(text: string): boolean {
  return findBracket(text, 0, (_, depth) => depth > MAX_JSON_DEPTH) !== null
}

/**
 * The place of the first bracket or brace of JSON outside its strings that is the one; null: none is.
 * `depth` counts from where the search begins.
 */
export function findBracket(
  text: string,
  start: number,
  isIt: (bracket: string, depth: number) => boolean
): number | null {
  let depth = 0
  let isInString = false
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at)
    if (isInString) {
      if (character === '\\') at += 1
      else if (character === '"') isInString = false
    } else if (character === '"') {
      isInString = true
    } else if (character === '{' || character === '[') {
      depth += 1
      if (isIt(character, depth)) return at
    } else if (character === '}' || character === ']') {
      depth -= 1
      if (isIt(character, depth)) return at
    }
  }
  return null
}
