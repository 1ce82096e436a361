import { grantedBy, isContradictory, readConsentFlag } from '../domain/leads/consent-flags.ts'
import { consentNamed, consentPair } from '../domain/leads/consent-names.ts'
import { contradictedConsents } from '../domain/leads/contradicted-consents.ts'
import type { Said } from '../domain/leads/contradicted-consents.ts'
import type { CustomField } from '../domain/fields/custom-field.ts'
import { fold, squeeze } from '../domain/text/fold.ts'
import { setOwn } from '../domain/text/set-own.ts'
import type { FormField } from './form-field.ts'
import { partsOf } from './form-words.ts'

const NAMES = new Set(
  'consent consents zgoda zgody consentimiento consentimientos einwilligung einwilligungen optin optins'.split(
    ' '
  )
)

/** The consents of a form by their purpose, as JSON has them, and the fields that are none. */
export interface FormConsents {
  consents: Record<string, unknown>
  rest: FormField[]
  /** The fields of consents that others refuse: they don't hold. */
  contradicted: FormField[]
}

/** A consent of one field; a channel of null is all of them. */
interface FieldConsent {
  purpose: string
  channel: string | null
  text: string
  field: FormField
}

/**
 * Takes `consents[marketing]=on`, `consents[marketing][email]=1`, and boxes of one name whose values are the
 * purposes: `consents[]=marketing`, and fields that name a purpose: `marketing_consent=yes`, `newsletter=on`. A bare `consent=on` has no purpose, and stays a field.
 */
export function takeConsents(
  fields: readonly FormField[],
  customFields: readonly Pick<CustomField, 'key' | 'label'>[] = []
): FormConsents {
  const own = new Set(customFields.flatMap(({ key, label }) => [squeeze(key), squeeze(label)]))
  const read = fields.map((field) => ({ field, said: consentsIn(field, own) }))
  const said = read.flatMap(({ said: some }) => some ?? [])
  const contradicted = contradictedConsents(said.map(saidBy))
  return {
    consents: byPurpose(said.filter((_, place) => !contradicted.has(place))),
    rest: read.flatMap(({ field, said: some }) => (some === null ? [field] : [])),
    contradicted: said
      .filter(({ field }, place) => contradicted.has(place) || isContradictory(field.text))
      .map(({ field }) => field)
  }
}

/** The consents of a field; null: it is none. */
function consentsIn(field: FormField, own: ReadonlySet<string>): FieldConsent[] | null {
  const [name = '', purpose, channel = null, ...more] = partsOf(field.name)
  const isConsent = !field.isFile && NAMES.has(fold(name).replaceAll(' ', ''))
  const isSaid = readConsentFlag(field.text) !== null
  const isOther = isConsent || field.isFile || !isSaid || own.has(squeeze(field.name))
  const named = isOther ? null : consentNamed(field.name)
  if (named) {
    const granted = grantedBy(named, field.text)
    if (granted === null) return null
    return [{ purpose: named.purpose, channel: named.channel, text: String(granted), field }]
  }
  if (!isConsent || more.length > 0 || /^\d+$/.test(purpose ?? '') || field.text.length > 500) {
    return null
  }
  if (purpose !== undefined && isSaid) return [{ purpose, channel, text: field.text, field }]
  // `no marketing` refuses, and has a purpose.
  if (purpose !== undefined || (isSaid && consentNamed(field.text) === null)) return null
  return field.text.split(/[,;\n]/).flatMap((one) => {
    const { name: said, said: text } = consentPair(one)
    return said === '' ? [] : [{ purpose: said, channel: null, text, field }]
  })
}

/** What a field says; null: neither yes nor no, or by a name that JSON reads. */
function saidBy({ purpose, channel, text }: FieldConsent): Said | null {
  const named = consentNamed(purpose)
  const granted = grantedBy(named ?? { isRefusal: false }, text)
  if (granted === null) return null
  return {
    purpose: named?.purpose ?? purpose,
    channel: channel ?? named?.channel ?? null,
    granted
  }
}

/** With channels, those of a purpose are an object: a blank one stands for all. */
function byPurpose(said: readonly FieldConsent[]): Record<string, unknown> {
  const purposes = new Map<string, FieldConsent[]>()
  for (const one of said) purposes.set(one.purpose, [...(purposes.get(one.purpose) ?? []), one])
  const consents: Record<string, unknown> = {}
  for (const [purpose, some] of purposes) {
    const [first] = some
    const isOne = some.every(({ channel }) => channel === null)
    const channels = Object.fromEntries(some.map(({ channel, text }) => [channel ?? '', text]))
    setOwn(consents, purpose, isOne ? first?.text : channels)
  }
  return consents
}
