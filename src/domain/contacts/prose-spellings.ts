import { withLinkedNumbers } from './chat-links.ts'
import { withoutMarkdown } from './markdown-marks.ts'
import { withSignsInProse } from './spoken-addresses.ts'
import { withWordsApart } from './touched-numbers.ts'

/**
 * A text of any kind with its addresses and numbers as they are written elsewhere: links as what they lead to,
 * signs in words, and words apart from the numbers that they touch.
 */
export function plainProse(text: string): string {
  const linked = withLinkedNumbers(text.replace(LINK_TARGET, ' $1 '))
  return withWordsApart(withSignsInProse(withoutMarkdown(linked)))
}

/** What a link dials or writes to, which its text need not show. */
const LINK_TARGET =
  /<a\s[^<>]{0,300}?href\s{0,3}=\s{0,3}["']?((?:tel|mailto):[^"'<>\s]{1,100})["']?[^<>]{0,300}>/gi
