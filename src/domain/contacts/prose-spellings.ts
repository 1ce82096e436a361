import { BRACKETED_AT, BRACKETED_DOT } from './email-spellings.ts'
import { isPhoneLabel } from './phone-text.ts'

/**
 * A text of any kind with its addresses and numbers as they are written elsewhere: links as what they lead to,
 * signs in words, and words apart from the numbers that they touch.
 */
export function plainProse(text: string): string {
  return text
    .replace(LINK_TARGET, ' $1 ')
    .replace(CHAT_LINK, ' +$1 ')
    .replace(/(?<!\p{L})(?:tel|callto|sms|phone):(?:\/\/)?(?:%2b|\+)/giu, ' +')
    .replace(BRACKETED_AT, '@')
    .replace(BRACKETED_DOT, '.')
    .replace(TOUCHING_LABEL, (word) => (isPhoneLabel(word) ? `${word} ` : word))
    .replace(TOUCHED_NUMBER, '$& ')
}

/** What a link dials or writes to, which its text need not show. */
const LINK_TARGET =
  /<a\s[^<>]{0,300}?href\s{0,3}=\s{0,3}["']?((?:tel|mailto):[^"'<>\s]{1,100})["']?[^<>]{0,300}>/gi

/** A chat with a number, as WhatsApp writes it. */
const CHAT_LINK =
  /(?:https?:\/\/)?(?:www\.)?(?:wa\.me\/|(?:api|web)\.whatsapp\.com\/send\/?\?phone=)(?:%2b|\+|00)?([1-9]\d{7,14})(?!\d)[^\s"'<>]{0,200}/gi

const TOUCHING_LABEL = /(?<![\p{L}\p{N}])\p{L}{1,12}(?=[+(]?\d(?:[ .-]?\d){7})/gu
/** Nine digits in groups as people write them, before a letter. */
const TOUCHED_NUMBER =
  /(?<![\p{L}\p{N}.,-])(?:\+?\d{9,13}|(?:\+\d{2,3}[ -]?)?\d{3}([ .-])\d{3}\1\d{3,4})(?=\p{L}{2})/gu
