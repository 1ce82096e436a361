import type { FormField } from './form-field.ts'
import { isIdentifier } from './form-words.ts'

/** A message has so many words. */
const MIN_WORDS = 3

/** Texts of a program or a box, and what has a field of its own. */
const OTHERS: readonly RegExp[] = [
  /^Mozilla\//i,
  // What a box says that is ticked.
  /^(?:yes|tak|si|sí|ja)?[,.! ]{0,3}(?:i |ich )?(?:hereby |have read |have )?(?:agree|consent|accept|zgadzam|wyra[zż]am|akceptuj|zapozna|acepto|he le[ií]do|consiento|autorizo|stimme|willige|akzeptiere|bin (?:damit )?einverstanden)/i,
  /\b(?:privacy policy|terms (?:and|of)|datenschutz|privacidad|polityk[aęi] prywatno|rodo|gdpr|rgpd|dsgvo|regulamin)/i,
  // A street with the number of a house, or a postal code.
  /^(?:ul|al|os|pl|calle|c\/|avda?|avenida|plaza|paseo)[.\s]/i,
  /^[\p{L}.' -]{3,60}[,\s]\d{1,4}\s?[a-z]?(?:\/\d{1,4})?(?:,.{0,80})?$/iu,
  /^\d{1,5}[a-z]?,?\s(?:\p{L}[\p{L}.'-]*[\s,]+){0,4}\p{L}[\p{L}.'-]*$/iu,
  /\b\d{2}-\d{3}\b/
]

/** A name or a title of a thing: no word begins with a small letter but those between names. */
const NAME_WORD = String.raw`(?:\p{Lu}[\p{L}.'-]*|de|del|la|las|los|y|von|van|der|den|da|di)`
const NAME = new RegExp(String.raw`^(?:${NAME_WORD}\s+){2,5}${NAME_WORD}$`, 'u')

/**
 * The message of a form without one, where fields have numbers for names: `4`, `input_4`, `fields[3]`. It is the
 * longest text of several words among the `unread` fields; null: there is none.
 */
export function namelessMessage(unread: readonly FormField[]): FormField | null {
  const texts = unread.filter((field) => {
    const text = field.text.trim()
    return (
      !field.isFile &&
      (field.labels ?? []).length === 0 &&
      isIdentifier(field.name) &&
      wordsOf(text) >= MIN_WORDS &&
      !NAME.test(text.slice(0, MAX_LOOKED_AT)) &&
      OTHERS.every((pattern) => !pattern.test(text.slice(0, MAX_LOOKED_AT)))
    )
  })
  return texts.toSorted((one, other) => other.text.length - one.text.length)[0] ?? null
}

const MAX_LOOKED_AT = 400

/** Words with a letter; addresses of mails and pages are none. */
function wordsOf(text: string): number {
  const words = text.slice(0, MAX_LOOKED_AT).split(/\s+/)
  return words.filter((word) => /\p{L}/u.test(word) && !/@|:\/\/|^www\./i.test(word)).length
}
