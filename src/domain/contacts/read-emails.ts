import { plainText, trimCharacters } from '../text/clean-text.ts'
import type { PointParsing } from './point-parsing.ts'

/** One address of a field, and the part of the field that it was read from. */
export interface FoundEmail {
  address: string
  raw: string
}

/** The valid e-mail addresses of one field in its order, each once, and the text beside them. */
export function readEmailField(
  text: string,
  parseEmail: PointParsing['parseEmail']
): { emails: FoundEmail[]; rest: string } {
  const joined = plainText(text)
    .replace(/[([] ?at ?[)\]]/gi, '@')
    .replace(/ ?@ ?/g, '@')
  const emails = new Map<string, FoundEmail>()
  const rest = joined.split(BETWEEN).filter((word) => {
    const found = addressesOf(word).flatMap((raw) => {
      const address = parseEmail(raw)
      return address === null ? [] : [{ address, raw }]
    })
    for (const email of found) {
      if (!emails.has(email.address)) emails.set(email.address, email)
    }
    return found.length === 0
  })
  return { emails: [...emails.values()], rest: rest.join(' ').trim() }
}

/** What can stand between two addresses, or between a name and an address. */
const BETWEEN = /[\s,;<>()[\]"|]+/

/** The address of a word without a link's form and the marks of a sentence; several around slashes. */
function addressesOf(word: string): string[] {
  if (!word.includes('@')) return []
  const parts = word.indexOf('@') === word.lastIndexOf('@') ? [word] : word.split('/')
  return parts.map((part) => trimCharacters(withoutLink(part), ".:'*", ".,:'*!?"))
}

/** `mailto:jan%40x.example?subject=…` */
function withoutLink(word: string): string {
  const [link] = /^(?:mailto|e-?mail|mail|correo|adres):/i.exec(word) ?? []
  if (link === undefined) return word
  const address = word.slice(link.length)
  return link.toLowerCase() === 'mailto:' ? (address.split('?', 1)[0] ?? '') : address
}
