import { decodeReferences } from '../domain/text/html-references.ts'
import { fold } from '../domain/text/fold.ts'

const CONTACT_LINK =
  /^a\s(?:[^>]{0,2000}\s)?href\s{0,9}=\s{0,9}["']?\s{0,9}((?:tel|mailto|callto|sms|viber):[^"'\s>?]{3,300})/i

/** Links of WhatsApp and Viber have the number of a phone, with the code of its country. */
const CHAT_LINK =
  /^a\s(?:[^>]{0,2000}\s)?href\s{0,9}=\s{0,9}["']?\s{0,9}(?:https?:\/\/)?(?:(?:www\.)?wa\.me\/|(?:api|web)\.whatsapp\.com\/send\/?\?phone=|viber:\/\/(?:chat|add)\/?\?number=)(?:\+|%2B)?(\d{6,15})(?!\d)/i

/** The e-mail or phone to which a link leads, by its tag; null: it leads elsewhere. */
export function contactLinkOf(tag: string): string | null {
  const [, number] = CHAT_LINK.exec(tag) ?? []
  if (number !== undefined) return `+${number}`
  const [, target] = CONTACT_LINK.exec(tag) ?? []
  if (target === undefined) return null
  const point = decodeReferences(target.slice(target.indexOf(':') + 1))
  try {
    return decodeURIComponent(point)
  } catch {
    return point
  }
}

/** What links are called that lead to a person. */
const CALLS = new Set(
  (
    'zadzwon napisz mail email e mail telefon tel phone call kontakt contact contacto write send message here tu tutaj link ' +
    'click kliknij me us llamar llama escribir escribe correo enviar aqui anrufen schreiben hier anschreiben nachricht ' +
    'whatsapp viber sms chat czat wyslij wiadomosc do na numer number now teraz ahora jetzt'
  ).split(' ')
)

/** Whether a text is no e-mail, phone or name, so that the target of its link is the value. */
export function saysNothing(text: string): boolean {
  if (text.includes('@') || text.replace(/\D/g, '').length >= MIN_DIGITS) return false
  return fold(text)
    .split(' ')
    .every((word) => word === '' || CALLS.has(word))
}

const MIN_DIGITS = 6

/** A number whose groups stand below each other is one number. */
export function joinedDigits(text: string): string {
  return /^\+?[\d ()-]{1,6}(?:\n[\d ()-]{1,6})+$/.test(text) && text.replace(/\D/g, '').length <= 15
    ? text.replaceAll('\n', ' ')
    : text
}
