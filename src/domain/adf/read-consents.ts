import { EMPTY_CONSENT } from '../leads/empty-lead.ts'
import { grantedBy } from '../leads/consent-flags.ts'
import { MAX_CONSENTS, consentNamed } from '../leads/consent-names.ts'
import { contradictedConsents } from '../leads/contradicted-consents.ts'
import type { Consent, LeadContent } from '../leads/lead.ts'
import type { ElementCursor, UntakenValue } from './element-cursor.ts'
import { isBesidePerson } from './found-contacts.ts'

/** A longer text is neither a yes nor a no. */
const MAX_TEXT = 100

/** So many values are looked at. */
const MAX_VALUES = 200

interface NamedValue {
  value: UntakenValue
  consent: Consent
}

/**
 * The consents in elements and attributes that no other reader has taken, as fields of forms name them:
 * `<do_not_call>yes</do_not_call>`, `<newsletter>no</newsletter>`. A yes that another one refuses is told.
 */
export function readConsents(prospect: ElementCursor): Pick<LeadContent, 'consents' | 'unmapped'> {
  const found = prospect
    .untaken()
    .filter(({ text, keys }) => text.length <= MAX_TEXT && !keys.some(isBesidePerson))
    .slice(0, MAX_VALUES)
    .flatMap((value) => consentIn(value) ?? [])
  const isFirst = ({ consent }: NamedValue, place: number) =>
    found.findIndex((other) => isSame(other.consent, consent)) === place
  const said = found.filter(isFirst).slice(0, MAX_CONSENTS)
  const contradicted = contradictedConsents(said.map(({ consent }) => consent))
  for (const { value, consent } of found) {
    if (said.some((one) => isSame(one.consent, consent))) value.take()
  }
  return {
    consents: said.filter((_, place) => !contradicted.has(place)).map(({ consent }) => consent),
    unmapped: said
      .filter((_, place) => contradicted.has(place))
      .map(({ value: { path, text } }) => ({ path, text, code: 'contradicted_consent' }))
  }
}

/** Null: it names none, says neither yes nor no, or is of a second contact, who is another person. */
function consentIn(value: UntakenValue): NamedValue | null {
  if (/\/contact\[(?!1\])/.test(value.path)) return null
  const [name = '', around = ''] = value.path
    .split(/[/@]/)
    .map((step) => step.replace(/\[\d+\]$/, ''))
    .toReversed()
  // `<consent type="marketing">`, `<marketing><email>`
  const names = [name, `${value.type ?? ''} ${name}`, `${around} ${name}`]
  const named = names.reduce<ReturnType<typeof consentNamed>>(
    (before, one) => before ?? consentNamed(one),
    null
  )
  const granted = named && grantedBy(named, value.text)
  if (named === null || granted === null) return null
  const { purpose, channel } = named
  return { value, consent: { ...EMPTY_CONSENT, purpose, channel, granted } }
}

function isSame(one: Consent, other: Consent): boolean {
  return (
    one.purpose === other.purpose && one.channel === other.channel && one.granted === other.granted
  )
}
