/**
 * A text with the numbers that its links lead to in place of them, with their sign: `viber://chat?number=%2B48…`,
 * `https://wa.me/48…`. Names of Skype are no numbers, even those with digits.
 */
export function withLinkedNumbers(text: string): string {
  if (!/[:/@]/.test(text)) return text
  return withChatNumbers(text)
    .replace(CHAT_LINK, ' +$1 ')
    .replace(SKYPE_NAME, ' ')
    .replace(/(?<!\p{L})(?:tel|callto|sms|smsto|phone|skype|facetime):(?:\/\/)?(?:%2b|\+)/giu, ' +')
}

/** A text with the numbers of its addresses of chats in place of them. */
export function withChatNumbers(text: string): string {
  return text.includes('@') ? text.replace(CHAT_ADDRESS, ' +$1 ') : text
}

/** Whether a text holds the address of a chat, which looks like an e-mail address and takes no e-mail. */
export function hasChatAddress(text: string): boolean {
  return text.search(CHAT_ADDRESS) !== -1
}

/** How WhatsApp calls a person: the number with its country code, and perhaps that of a device: `48…:2@c.us`. */
const CHAT_ADDRESS =
  /(?<![\p{L}\p{N}._%+@-])(?:\+|00)?([1-9]\d{7,14})(?::\d{1,4})?@(?:(?:s\.)?whatsapp\.net|c\.us)(?![\p{L}\p{N}-]|\.\p{L})/giu

/** A chat with a number, as its programs write it. They have the country code, with its sign or not. */
const CHAT_LINK =
  /(?<![\p{L}\p{N}])(?:https?:\/\/)?(?:www\.)?(?:wa\.me\/|viber\.me\/|t\.me\/(?=%2b|\+)|signal\.me\/#p\/|(?:(?:api|web)\.whatsapp\.com\/send\/?|(?:whatsapp|viber|tg):\/\/[a-z]{2,12}\/?)\?(?:[^\s"'<>?]{0,100}&)?(?:phone|number)=)(?:%2b|\+|00)?([1-9]\d{7,14})(?!\d)[^\s"'<>]{0,200}/giu

const SKYPE_NAME =
  /(?<!\p{L})skype:(?!(?:%2b|\+)?\d{7,15}(?:\?|(?![\p{L}\p{N}.])))[^\s"'<>]{1,100}/giu
