import { inOrderSaid } from '../clients/consent.ts'
import { EMPTY_CONSENT } from '../leads/empty-lead.ts'
import { grantedBy, readConsentFlag } from '../leads/consent-flags.ts'
import { consentNamed } from '../leads/consent-names.ts'
import { contradictedConsents } from '../leads/contradicted-consents.ts'
import type { Consent, UnmappedValue } from '../leads/lead.ts'
import { because } from '../reasons/reasons.ts'
import type { ImportColumn } from './import.ts'
import { CONSENTS_PART } from './import-fields.ts'
import type { CellValue } from './read-value.ts'

/** The field of a column that names a consent, and of whose values one says yes or no: any other is told alone. */
export function consentField({ name, samples }: ImportColumn): string | undefined {
  const named = consentNamed(name)
  const isSaid = samples.some((text) => readConsentFlag(text) !== null)
  if (named === null || !isSaid) return undefined
  const { purpose, channel } = named
  return `${CONSENTS_PART}.${purpose}${channel === null ? '' : `.${channel}`}`
}

/**
 * Whether the person agreed; null: nothing is said. Where the column is about those who want nothing, the others
 * have agreed to nothing: programs write the `no` themselves.
 */
export function readConsentCell(column: string, text: string): CellValue | null {
  if (readConsentFlag(text) === null) return { fault: because('not_flag') }
  const granted = grantedBy(consentNamed(column) ?? { isRefusal: false }, text)
  return granted === null ? null : { value: granted }
}

/** What the cell of a column says of a consent. */
export interface CellConsent {
  column: string
  /** The purpose, and behind a point the channel. */
  member: string
  granted: boolean
  /** As it is in the cell. */
  text: string
}

/** The consents of a row in the order in which they hold, and those that another column refuses. */
export function consentsOf(cells: readonly CellConsent[]): {
  consents: Consent[]
  repairs: UnmappedValue[]
} {
  const said = cells.map(({ member, granted }): Consent => {
    const [purpose = '', channel = null] = member.split('.')
    return { ...EMPTY_CONSENT, purpose, channel, granted }
  })
  const contradicted = contradictedConsents(said)
  const consents = new Map(
    said.flatMap((one, place) =>
      contradicted.has(place) ? [] : [[cells[place]?.member ?? '', one] as const]
    )
  )
  return {
    consents: inOrderSaid([...consents.values()], new Date(0)),
    repairs: cells.flatMap(({ column, text }, place) =>
      contradicted.has(place) ? [{ path: column, text, code: 'contradicted_consent' as const }] : []
    )
  }
}

/**
 * The statements of a row that change what holds on a record. A list never makes a consent of a refusal, whether its
 * values win or not: what the person said before comes first. A refusal in the list holds.
 */
export function newConsents(before: readonly Consent[], row: readonly Consent[]): Consent[] {
  return row.filter(({ purpose, channel, granted }) => {
    const known = before.filter((one) => one.purpose === purpose)
    const onAll = known.findLast((one) => one.channel === null)
    if (granted)
      return channel === null
        ? known.length === 0
        : !onAll && known.every((one) => one.channel !== channel)
    if (channel === null) return onAll?.granted !== false || known.some((one) => one.granted)
    const own = known.findLast((one) => one.channel === channel) ?? onAll
    return own?.granted !== false
  })
}

/** What holds on a record after further statements: one for all channels replaces those for single ones. */
export function withConsents(before: readonly Consent[], added: readonly Consent[]): Consent[] {
  return added.reduce<Consent[]>(
    (held, said) => [
      ...held.filter(
        ({ purpose, channel }) =>
          purpose !== said.purpose || (said.channel !== null && channel !== said.channel)
      ),
      said
    ],
    [...before]
  )
}
