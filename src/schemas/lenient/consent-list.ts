import { grantedBy, readConsentFlag } from '../../domain/leads/consent-flags.ts'
import { consentNamed, consentPair, isRefusing } from '../../domain/leads/consent-names.ts'
import { contradictedConsents, saidBy } from '../../domain/leads/contradicted-consents.ts'
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

/** A statement as read, and as it was posted at its place. */
interface Statement {
  consent: unknown
  at: string
  posted: unknown
}

/**
 * Consents by their purpose, `{ "marketing": true }` or `{ "marketing": { "email": true } }`, or as text: `marketing`,
 * `newsletter: no`. A name that refuses is read as everywhere: `{ "do_not_call": true }`. Where it is not known
 * whether the person agreed, or a refusal contradicts it, `keep` takes the value.
 */
export function consentList(value: unknown, keep: Keep): unknown {
  const statements = statementsIn(value, keep)
  if (statements === null) return value
  const contradicted = contradictedConsents(statements.map(({ consent }) => saidBy(consent)))
  return statements.map(({ consent, at, posted }, place) => {
    if (!contradicted.has(place)) return consent
    keep(at, posted, 'contradicted_consent')
    return null
  })
}

function statementsIn(value: unknown, keep: Keep): Statement[] | null {
  if (typeof value === 'string') return textConsents(value, '', keep)
  if (Array.isArray(value)) {
    return value.flatMap((one: unknown, index) => {
      const at = `/${index}`
      if (typeof one === 'string') return orBlank(textConsents(one, at, keep), at)
      return [{ consent: isObject(one) ? plainConsent(one, at, keep) : one, at, posted: one }]
    })
  }
  if (!isObject(value)) return null
  if ('purpose' in value || 'granted' in value) {
    return [{ consent: plainConsent(value, '', keep), at: '', posted: value }]
  }
  return Object.entries(value).flatMap(([name, said]) =>
    purposeConsents(name, said, { at: `/${escapePointer(name)}`, keep })
  )
}

/** An item without a consent stays in its list as a blank, so that the places of the others are theirs. */
function orBlank(statements: Statement[], at: string): Statement[] {
  return statements.length === 0 ? [{ consent: null, at, posted: null }] : statements
}

function textConsents(text: string, at: string, keep: Keep): Statement[] {
  return text
    .split(/[,;\n]/)
    .filter((one) => one.trim() !== '')
    .flatMap((one) => {
      const { name, said } = consentPair(one)
      return namedConsent(name, said, { at, keep, posted: one })
    })
}

interface Place {
  at: string
  keep: Keep
}

/** The consents for a purpose: one, or one for each channel. */
function purposeConsents(purpose: string, said: unknown, { at, keep }: Place): Statement[] {
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
): Statement[] {
  if (isBlank(said)) {
    if (isObject(posted)) keepOpen(posted, at, keep)
    return []
  }
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
  const rest = channel === null ? {} : { channel }
  return [{ consent: { ...details, purpose: given.purpose, ...rest, granted }, at, posted }]
}

/** Keeps a consent that says by its other members that it is one, and not whether the person agreed. */
function keepOpen(consent: Record<string, unknown>, at: string, keep: Keep): void {
  const { purpose: _purpose, granted: _granted, channel: _channel, ...details } = consent
  if (Object.values(details).every(isBlank)) return
  keep(at, consent, 'incomplete_value')
}

function isNoPurpose(name: string): boolean {
  return name === '' || isAbsentValue(name) || readConsentFlag(name) !== null || isRefusing(name)
}

/** A consent as the contract has it: its purpose is the sender's word, unless that refuses. */
function plainConsent(consent: Record<string, unknown>, at: string, keep: Keep): unknown {
  const { purpose, granted, channel } = consent
  if (typeof purpose !== 'string' || purpose.trim() === '') return consent
  if (!('granted' in consent) || !(isFlat(granted) || granted === null)) return consent
  if (isBlank(granted)) {
    keep(at, consent, 'incomplete_value')
    return null
  }
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
