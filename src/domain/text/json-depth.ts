/** How deep JSON may be nested: the code that reads and stores it recurses. */
export const MAX_JSON_DEPTH = 64

/** Whether a text of JSON is nested deeper. Says nothing on whether it is well-formed. */
export function isNestedTooDeep(text: string): boolean {
  let depth = 0
  let isInString = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (isInString) {
      if (character === '\\') at += 1
      else if (character === '"') isInString = false
    } else if (character === '"') {
      isInString = true
    } else if (character === '{' || character === '[') {
      depth += 1
      if (depth > MAX_JSON_DEPTH) return true
    } else if (character === '}' || character === ']') {
      depth -= 1
    }
  }
  return false
}
