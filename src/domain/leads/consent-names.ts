import { fold } from '../text/fold.ts'

/** A consent that a field of a form clearly names. */
export interface NamedConsent {
  purpose: 'marketing' | 'newsletter'
  channel: 'email' | 'sms' | 'phone' | null
}

const PURPOSES: readonly [NamedConsent['purpose'], RegExp][] = [
  ['newsletter', /^(?:newsletters?|newslettera|newsletterem|boletin)$/],
  [
    'marketing',
    /^(?:marketing\w{0,4}|promotions|promotional|promocje|promociones|werbung|publicidad|publicitari[oa]s?|reklamy|reklamowe)$/
  ]
]

const CHANNELS: readonly [NonNullable<NamedConsent['channel']>, RegExp][] = [
  ['email', /^(?:emails?|mail|mailing|mailowy|mailowa|correo)$/],
  ['sms', /^(?:sms|mms)$/],
  ['phone', /^(?:phone|calls?|telefon|telefono|telefoniczny|telefoniczna|telefonisch)$/]
]

/** Words for a consent, and those around them that name nothing else. */
const AROUND = new Set(
  (
    'consent consents zgoda zgody zgode consentimiento einwilligung optin opt in agree agreement accept accepted ' +
    'acepto akceptuje akceptacja permission subscribe subscription subscribed suscripcion suscribirse anmeldung ' +
    'zapis wyrazam receive recibir allow allowed i to the a for by via na do de por per zur fur my yes ok field ' +
    'information informacje communication comunicaciones checkbox'
  ).split(' ')
)

/** The purpose and channel that a name says: `marketing_consent`, `zgodaMarketingowa`, `newsletter`; or null. */
export function consentNamed(name: string): NamedConsent | null {
  if (name.length > 80) return null
  const spaced = fold(name.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')).replace(/\be mail\b/g, 'email')
  const words = spaced.split(' ').filter((word) => word !== '' && !AROUND.has(word))
  const purposeOf = (word: string) => PURPOSES.find(([, names]) => names.test(word))?.[0]
  const channelOf = (word: string) => CHANNELS.find(([, names]) => names.test(word))?.[0]
  const purposes = new Set(words.flatMap((word) => purposeOf(word) ?? []))
  const channels = new Set(words.flatMap((word) => channelOf(word) ?? []))
  const isClear = words.every((word) => (purposeOf(word) ?? channelOf(word)) !== undefined)
  const [purpose] = purposes
  if (purpose === undefined || purposes.size > 1 || channels.size > 1 || !isClear) return null
  return { purpose, channel: [...channels][0] ?? null }
}
