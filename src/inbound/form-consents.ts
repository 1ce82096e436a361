import {
  consentNamed,
  consentPair,
  grantedBy,
  readConsentFlag
} from '../domain/leads/consent-names.ts'
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
  /** The field of each purpose. */
  given: Map<string, FormField>
  rest: FormField[]
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
  const taken: FormConsents = { consents: {}, given: new Map(), rest: [] }
  for (const field of fields) {
    const [name = '', purpose, channel, ...more] = partsOf(field.name)
    const isConsent = !field.isFile && NAMES.has(fold(name).replaceAll(' ', ''))
    const isSaid = readConsentFlag(field.text) !== null
    const isOther = isConsent || field.isFile || !isSaid || own.has(squeeze(field.name))
    const named = isOther ? null : consentNamed(field.name)
    if (named) {
      const granted = grantedBy(named, field.text)
      if (granted === null) taken.rest.push(field)
      else
        add(taken, named.purpose, named.channel ?? undefined, { ...field, text: String(granted) })
      continue
    }
    if (!isConsent || more.length > 0 || /^\d+$/.test(purpose ?? '') || field.text.length > 500) {
      taken.rest.push(field)
    } else if (purpose !== undefined && isSaid) {
      add(taken, purpose, channel, field)
    } else if (purpose === undefined && !isSaid) {
      for (const one of field.text.split(/[,;\n]/)) {
        const { name: said, said: text } = consentPair(one)
        if (said !== '') add(taken, said, undefined, { ...field, text })
      }
    } else {
      taken.rest.push(field)
    }
  }
  return taken
}

function add(
  { consents, given }: FormConsents,
  purpose: string,
  channel: string | undefined,
  field: FormField
): void {
  const before = Object.hasOwn(consents, purpose) ? consents[purpose] : undefined
  const channels = typeof before === 'object' && before !== null ? before : {}
  const value = channel === undefined ? field.text : { ...channels, [channel]: field.text }
  setOwn(consents, purpose, value)
  given.set(purpose, field)
}
