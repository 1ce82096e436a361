import { readFlag } from '../leads/written-values.ts'

/** The question before an answer: `Rückruf: ja`, `callback=yes`. */
const QUESTION = /^[\p{L}\p{M} _?-]{2,40}[:=?]\s{0,3}(?=\S)/u
const COURTESY =
  /[,!.\s]{1,3}(?:please|pls|bitte|gerne?|proszę|prosze|por favor|gracias)[!.]{0,2}$/iu
const MAX_LENGTH = 60

/** Whether the text of a phone field is no number but an answer: whether the person wants a call. */
export function isYesOrNo(text: string): boolean {
  const given = text.trim()
  if (given.length > MAX_LENGTH) return false
  return readFlag(given.replace(QUESTION, '').replace(COURTESY, '')) !== null
}
