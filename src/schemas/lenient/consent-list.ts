import {
  consentNamed,
  consentPair,
  grantedBy,
  isRefusing,
  readConsentFlag
} from '../../domain/leads/consent-names.ts'
import { isAbsentValue } from '../../domain/text/absent-values.ts'
import { escapePointer } from '../../domain/text/json-pointer.ts'
import { isObject } from './is-object.ts'
import type { Keep } from './keep.ts'

/** A longer name is no purpose. */
const MAX_PURPOSE = 60

/** What a consent says beside its purpose. Other members of the object for a purpose are channels. */
const DETAILS = new Set([
  'channel',
  'text',
  'textVersion',
  'language',
  'page',
  'ip',
  'givenAt',
  'proofUrl'
])

/**
 * Consents by their purpose, `{ "marketing": true }` or `{ "marketing": { "email": true } }`, or as text: `marketing`,
 * `newsletter: no`. A name that refuses is read as everywhere: `{ "do_not_call": true }`. Where it is not known
 * whether the person agreed, `keep` takes the value.
 */
export function consentList(value: unknown, keep: Keep): unknown {
  if (typeof value === 'string') return textConsents(value, '', keep)
  if (Array.isArray(value)) {
    return value.flatMap((one: unknown, index) => {
      const at = `/${index}`
      if (typeof one === 'string') return orBlank(textConsents(one, at, keep))
      return [isObject(one) ? plainConsent(one, at, keep) : one]
    })
  }
  if (!isObject(value)) return value
  if ('purpose' in value || 'granted' in value) return [plainConsent(value, '', keep)]
  return Object.entries(value).flatMap(([name, said]) =>
    purposeConsents(name, said, { at: `/${escapePointer(name)}`, keep })
  )
}

/** An item without a consent stays in its list as a blank, so that the places of the others are theirs. */
function orBlank(consents: unknown[]): unknown[] {
  return consents.length === 0 ? [null] : consents
}

function textConsents(text: string, at: string, keep: Keep): unknown[] {
  const [before, ...others] = text.split(/[,;\n]/).filter((one) => one.trim() !== '')
  if (before === undefined) return []
  return [before, ...others].flatMap((one) => {
    const { name, said } = consentPair(one)
    return namedConsent(name, said, { at, keep, posted: one })
  })
}

interface Place {
  at: string
  keep: Keep
}

/** The consents for a purpose: one, or one for each channel. */
function purposeConsents(purpose: string, said: unknown, { at, keep }: Place): unknown[] {
  if (!isObject(said)) return namedConsent(purpose, said, { at, keep, posted: said })
  const { granted, ...details } = said
  if ('granted' in said) return namedConsent(purpose, granted, { at, keep, posted: said, details })
  if (Object.keys(said).some((name) => DETAILS.has(name))) {
    keep(at, said, 'unreadable_value')
    return []
  }
  return Object.entries(said).flatMap(([channel, posted]) => {
    const place = { at: `${at}/${escapePointer(channel)}`, keep, posted, details: { channel } }
    return namedConsent(purpose, posted, place)
  })
}

/** What a name and a value say, as fields of forms are read; a purpose of the sender's own stays as it is. */
function namedConsent(
  name: string,
  said: unknown,
  { at, keep, posted, details = {} }: Place & { posted: unknown; details?: Record<string, unknown> }
): unknown[] {
  if (isBlank(said)) return []
  const purpose = name.trim()
  const text = isFlat(said) ? String(said) : ''
  const named = consentNamed(purpose)
  const isName = named !== null || (purpose.length <= MAX_PURPOSE && !isNoPurpose(purpose))
  const granted = isName ? grantedBy(named ?? { isRefusal: false }, text) : null
  if (granted === null) {
    keep(at, posted, isAbsentValue(text) ? 'absent_value' : 'unreadable_value')
    return []
  }
  const given = named ?? { purpose, channel: null }
  const channel = isBlank(details.channel) ? given.channel : details.channel
  return [{ ...details, purpose: given.purpose, ...(channel === null ? {} : { channel }), granted }]
}

function isNoPurpose(name: string): boolean {
  return name === '' || isAbsentValue(name) || readConsentFlag(name) !== null || isRefusing(name)
}

/** A consent as the contract has it: its purpose is the sender's word, unless that refuses. */
function plainConsent(consent: Record<string, unknown>, at: string, keep: Keep): unknown {
  const { purpose, granted, channel } = consent
  if (typeof purpose !== 'string' || purpose.trim() === '') return consent
  if (!('granted' in consent) || !(isFlat(granted) || granted === null)) return consent
  if (isBlank(granted)) return null
  const named = consentNamed(purpose)
  const refusal = named?.isRefusal === true ? named : null
  const isGranted = grantedBy(refusal ?? { isRefusal: false }, String(granted))
  if (isGranted === null) {
    keep(at, consent, 'unreadable_value')
    return null
  }
  if (refusal === null) return { ...consent, granted: isGranted }
  return {
    ...consent,
    purpose: refusal.purpose,
    channel: isBlank(channel) ? refusal.channel : channel,
    granted: isGranted
  }
}

function isBlank(value: unknown): boolean {
  return value === null || value === undefined || (typeof value === 'string' && value.trim() === '')
}

function isFlat(value: unknown): value is string | number | boolean {
  return ['boolean', 'string', 'number'].includes(typeof value)
}
