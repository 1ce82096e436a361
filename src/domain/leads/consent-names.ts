import { fold } from '../text/fold.ts'

/** A consent that a field of a form, or a column of a list, clearly names. */
export interface NamedConsent {
  purpose: ConsentPurpose
  channel: ConsentChannel | null
  /** Whether a yes there is a refusal: `Email opt out`. */
  isRefusal: boolean
}

/** The consents that one lead may say. */
export const MAX_CONSENTS = 20

export const CONSENT_PURPOSES = ['marketing', 'newsletter'] as const
export type ConsentPurpose = (typeof CONSENT_PURPOSES)[number]

export const CONSENT_CHANNELS = ['email', 'sms', 'phone', 'whatsapp'] as const
export type ConsentChannel = (typeof CONSENT_CHANNELS)[number]

const PURPOSES: readonly [ConsentPurpose, RegExp][] = [
  ['newsletter', /^(?:newsletters?|newslettera|newsletterem|boletin)$/],
  [
    'marketing',
    /^(?:marketing\w{0,4}|promotions|promotional|promocje|promociones|werbung|werbe(?:einwilligung|zustimmung|mails?)?|publicidad|publicitari[oa]s?|reklamy|reklamowe)$/
  ]
]

/** They are about advertising beside a word for a consent, and alone about the person who sells. */
const COMMERCIAL = /^(?:comercial(?:es)?|commercial|handlow(?:a|e|ych|ej))$/

const CHANNELS: readonly [ConsentChannel, RegExp][] = [
  [
    'email',
    /^(?:emails?|emailing|emailowy|emailowa|mails?|mailing|mailowy|mailowa|correo|correos)$/
  ],
  ['whatsapp', /^whatsapp$/],
  ['sms', /^(?:sms|mms|smsowy|smsowa)$/],
  [
    'phone',
    /^(?:phone|calls?|telefon|telefonu|telefono|telefonic[oa]|telefoniczny|telefoniczna|telefonisch\w{0,2}|llamadas?|anrufe?)$/
  ]
]

/** Words for a consent, and those around them that name nothing else. */
const AROUND = new Set(
  (
    'consent consents zgoda zgody zgode consentimiento einwilligung optin opt in agree agreement accept accepted ' +
    'acepto akceptuje akceptacja permission subscribe subscription subscribed suscripcion suscribirse anmeldung ' +
    'zapis wyrazam receive recibir allow allowed i to the a for by via na do de po per zur fur my yes ok field ' +
    'information informacje communication comunicaciones checkbox agreed agrees accepts acepta aceptado zustimmung ' +
    'einverstanden rodo gdpr rgpd lopd lopdgdd dsgvo preference status informacion informacji communications has have of from all ' +
    'me z electronico electronica czy wyrazasz wyraza pan pani kontakt you like want would our news desea deseo quiero ' +
    'nuestro mochten mochte sie ich unseren erhalten otrzymywac chce chcesz chcialbym zgadzam zgadzasz sie ' +
    'gewunscht erwunscht person lead customer client per erlaubt erlaubnis autoriza autorizo autorizado autorizacion ' +
    'permite permiso zezwolenie zezwalam droga en inscrito want wish any more den die der das ihren el la los las ' +
    'otrzymac zycze sobie bekommen please bitte be longer'
  ).split(' ')
)

const CONSENT =
  /\b(?:consents?|consentimiento|zgod[aye]|einwilligung|zustimmung|einverstanden|accept(?:s|ed)?|acept[ao]|agree[ds]?|permission)\b/

/** A consent to a channel alone: a bare `phone consent` may be one to be called back. */
const OPT_IN = /\b(?:opt(?:ed)? ?in|subscri(?:be|bed|ption))\b/g

/**
 * A consent to a channel alone, in words that are about advertising where they stand on forms. In English a bare
 * `phone consent` may be one to be called back, and one to e-mails is not.
 */
const AGREED =
  /\b(?:zgod[aye]|zezwolenie|zezwalam|einwilligung|zustimmung|erlaubt|erlaubnis|consentimiento|autoriza(?:cion|do)?|autorizo)\b/
const AGREED_IN_ENGLISH = /\b(?:consents?|permission|allowed)\b/

/** A law or a notice on privacy: who accepts it has agreed to no advertising. */
const PRIVACY = /\b(?:rodo|gdpr|rgpd|lopd|lopdgdd|dsgvo)\b/

const OPT_OUT = new RegExp(
  String.raw`\b(?:lista robinson|robinson list|robinsonliste|opt(?:ed)? ?out|unsubscribed?|do not|don t|abgemeldet|abmeldung|werbesperre|widerspruch|` +
    String.raw`rezygnacja|wypisan[aoy]|sprzeciw|nie (?=dzwonic|wysylac|kontaktowac)|nicht (?=anrufen|kontaktieren)|` +
    String.raw`keine? (?=e?mails?|werbung|anrufe)|no (?=llamar|enviar|contactar|emails?|calls?|sms|publicidad|marketing|newsletters?|promotions)|` +
    String.raw`(?:dado|dada) de baja|baja (?=newsletter|email|correo|boletin|publicidad))\b`,
  'g'
)

/** A no before a word for a wish or a consent: it refuses what is named beside it. */
const UNWANTED =
  /\b(?:nie (?=chce|chcialbym|zycze|zgadzam|wyrazam|akceptuje|zezwalam|otrzymywac)|nicht (?=erhalten|bekommen|gewunscht|erwunscht|einverstanden|erlaubt)|(?:keinen?|zadnych) (?=newsletters?|werbung|e?mails?|anrufe)|(?:ya )?no (?=quiero|deseo|acepto|autorizo|recibir|permito|longer)|(?:would|did) not)\b/g

/** What a person does not want, as the word for its channel; null: any. */
const VERBS: ReadonlyMap<string, ConsentChannel | null> = new Map([
  ...['call', 'llamar', 'dzwonic', 'anrufen', 'anrufe'].map((word) => [word, 'phone'] as const),
  ...['text'].map((word) => [word, 'sms'] as const),
  ...['enviar', 'wysylac', 'contact', 'contactar', 'kontaktowac', 'kontaktieren', 'send'].map(
    (word) => [word, null] as const
  )
])

/**
 * The purpose and channel that a name says: `marketing_consent`, `zgodaMarketingowa`, `newsletter`, `Email opt
 * out`; or null. A wish to get nothing by a channel is about marketing.
 */
export function consentNamed(name: string): NamedConsent | null {
  if (name.length > 80) return null
  const spaced = apart(fold(name.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')))
    .replace(/\be ?mail/g, 'email')
    .replace(/\bwhats app\b/g, 'whatsapp')
  const isOut = spaced.search(OPT_OUT) !== -1
  const isRefusal = isOut || spaced.search(UNWANTED) !== -1
  const bare = spaced.replace(OPT_OUT, ' ').replace(UNWANTED, ' ')
  const words = bare
    .replace(OPT_IN, ' ')
    .split(' ')
    .filter((word) => word !== '' && !AROUND.has(word))
  const purposeOf = (word: string): ConsentPurpose | undefined =>
    COMMERCIAL.test(word) && CONSENT.test(spaced)
      ? 'marketing'
      : PURPOSES.find(([, names]) => names.test(word))?.[0]
  const channelOf = (word: string) =>
    (isRefusal ? VERBS.get(word) : undefined) ?? CHANNELS.find(([, names]) => names.test(word))?.[0]
  const isOption =
    isRefusal || spaced.search(OPT_IN) !== -1 || isAgreed(spaced, words.map(channelOf))
  const isVerb = (word: string) => isRefusal && VERBS.has(word)
  const purposes = new Set(words.flatMap((word) => purposeOf(word) ?? []))
  const channels = new Set(words.flatMap((word) => channelOf(word) ?? []))
  const isClear = words.every(
    (word) => (purposeOf(word) ?? channelOf(word)) !== undefined || isVerb(word)
  )
  const isNotice = purposes.size === 0 && !isRefusal && spaced.search(PRIVACY) !== -1
  if (purposes.size > 1 || channels.size > 1 || !isClear || isNotice) return null
  const [channel = null] = channels
  // `Nie wyrażam zgody` alone does not say on what.
  const isOfAll = isRefusal && purposes.size === 0 && (isOut || channel !== null)
  const [purpose] =
    isOfAll || (isOption && channel !== null) ? [...purposes, MARKETING] : [...purposes]
  return purpose === undefined ? null : { purpose, channel, isRefusal }
}

const MARKETING: ConsentPurpose = 'marketing'

/** Words that names of elements write together, longer ones before those that they begin with. */
const TOGETHER =
  /unsubscribed?|subscription|subscribed?|newsletters?|marketingowa|marketing|permission|promotions|consents?|accepts?|agreed?|whatsapp|contact|allowed|opted|phone|emails?|zgoda|calls?|dont|mail|send|text|not|opt|out|has|sms|all|by|do|no|of|in|to/y

/** The words of a name that is written as one: `donotcall`. Another name stays as it is. */
function apart(folded: string): string {
  if (folded.includes(' ')) return folded
  const words: string[] = []
  TOGETHER.lastIndex = 0
  for (let at = 0; at < folded.length; at = TOGETHER.lastIndex) {
    const [word] = TOGETHER.exec(folded) ?? []
    if (word === undefined) return folded
    words.push(word === 'dont' ? 'don t' : word)
  }
  return words.join(' ')
}

/** A channel as it is written beside a purpose, `E-mail` or `Telefon`, in one spelling. */
export function channelKey(text: string): string {
  const word = fold(text).replace(/^e ?mail/, 'email')
  if (/^(?:text(?: messages?)?|texts)$/.test(word)) return 'sms'
  if (/^(?:tel|telephone|phone calls?|mobile)$/.test(word)) return 'phone'
  const squeezed = word.replaceAll(' ', '')
  return CHANNELS.find(([, names]) => names.test(squeezed))?.[0] ?? (word || text.trim())
}

function isAgreed(spaced: string, channels: readonly (ConsentChannel | undefined)[]): boolean {
  if (spaced.search(AGREED) !== -1) return true
  return spaced.search(AGREED_IN_ENGLISH) !== -1 && !channels.includes('phone')
}

/** A longer text is neither a name nor an answer. */
export const MAX_SAID = 100

/** Words of a refusal, where the name has no clear purpose: `no_spam`. */
const REFUSING =
  /\b(?:no|not|none|never|don t|without|nie|bez|nein|nicht|keine[nrms]?|zadnych|ohne|sin|stop|opt(?:ed)? ?out|unsubscribed?)\b/

/** Whether a name may be that of a refusal: a yes to it is no consent. */
export function isRefusing(name: string): boolean {
  return REFUSING.test(fold(name.slice(0, MAX_SAID).replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')))
}

/** A consent that is written as a text: its name alone is a yes, and `newsletter: no` has a value. */
export function consentPair(text: string): { name: string; said: string } {
  const at = text.search(/[:=]/)
  if (at === -1) return { name: text.trim(), said: 'true' }
  return { name: text.slice(0, at).trim(), said: text.slice(at + 1).trim() }
}
