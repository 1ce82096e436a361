/**
 * A text without the marks of Markdown around its words and before its signs: `**jan@x.example**`, `jan\_kos`.
 * Exports and chats escape signs that need none. A mark at one end alone is part of the word: `_jan@x.example`.
 */
export function withoutMarkdown(text: string): string {
  if (!/[\\*_~`]/.test(text)) return text
  return text
    .replace(ESCAPED_BRACKET, ' ')
    .replace(AROUND_ADDRESS, (word: string, before: string, address: string, behind: string) =>
      isClosing(before, behind) ? address : word
    )
    .replace(ESCAPED_SIGN, '')
}

/** A bracket separates, with the escape or without it. */
const ESCAPED_BRACKET = /\\[<>()[\]{}]/g
const ESCAPED_SIGN = /\\(?=[!#$&'*+\-./:=?@^_`|~])/g

/** The text up to a blank or separator, with marks at both ends. */
const AROUND_ADDRESS =
  /(?<![^\s,;<>()[\]])((?:\\?[*_~`]){1,4})(?![*_~`])([^\s,;<>()[\]]{1,63}@[^\s,;@<>()[\]]{1,200}?)((?:\\?[*_~`]){1,4})(?![^\s,;:.!?<>()[\]])/g

function isClosing(before: string, behind: string): boolean {
  const [opening, closing] = [before, behind].map((marks) => marks.replaceAll('\\', ''))
  return opening === closing?.split('').toReversed().join('')
}
