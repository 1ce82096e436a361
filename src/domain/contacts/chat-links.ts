/**
 * A text with the numbers that its links lead to in place of them, with their sign: `viber://chat?number=%2B48…`,
 * `https://wa.me/48…`. Names of Skype are no numbers, whatever digits they have.
 */
export function withLinkedNumbers(text: string): string {
  if (!text.includes(':') && !text.includes('/')) return text
  return text
    .replace(CHAT_LINK, ' +$1 ')
    .replace(SKYPE_NAME, ' ')
    .replace(/(?<!\p{L})(?:tel|callto|sms|smsto|phone|skype|facetime):(?:\/\/)?(?:%2b|\+)/giu, ' +')
}

/** A chat with a number, as its programs write it. They have the country code, with its sign or not. */
const CHAT_LINK =
  /(?<![\p{L}\p{N}])(?:https?:\/\/)?(?:www\.)?(?:wa\.me\/|viber\.me\/|t\.me\/(?=%2b|\+)|signal\.me\/#p\/|(?:(?:api|web)\.whatsapp\.com\/send\/?|(?:whatsapp|viber|tg):\/\/[a-z]{2,12}\/?)\?(?:[^\s"'<>?]{0,100}&)?(?:phone|number)=)(?:%2b|\+|00)?([1-9]\d{7,14})(?!\d)[^\s"'<>]{0,200}/giu

const SKYPE_NAME =
  /(?<!\p{L})skype:(?!(?:%2b|\+)?\d{7,15}(?:\?|(?![\p{L}\p{N}.])))[^\s"'<>]{1,100}/giu
