import { isOpenGroup } from '../leads/status-groups.ts'
import type { RowCode } from '../reasons/import-reasons.ts'
import { because } from '../reasons/reasons.ts'
import type { Reason } from '../reasons/reasons.ts'
import type { ImportSettings, RowProblem } from './import.ts'
import type { KnownRecord, KnownRecords } from './known-records.ts'
import { matchKeysOf } from './merge-content.ts'
import { MAX_SHOWN } from './read-row.ts'
import type { ReadRow } from './read-row.ts'

type Matching = Pick<ImportSettings, 'matchBy' | 'onMatch' | 'mapping'>

/** Which record a row is about. */
type RowMatch<Content> = { record: KnownRecord<Content> | null } | RowFault

/** A fault of a row, with its column. Null: the whole row. */
interface RowFault {
  column: string | null
  reason: Reason<RowCode>
}

/**
 * The client a row is about: the one with its e-mail or phone, by which of these the caller matches.
 * What matches two clients is left to people.
 */
export function matchClient<Content>(
  row: ReadRow,
  known: KnownRecords<Content>,
  settings: Matching
): RowMatch<Content> {
  if (settings.onMatch === 'create') return { record: null }
  const found = known.under('client', matchKeysOf(row.content.contact, settings.matchBy))
  if (found.length > 1) return { column: null, reason: because('several_clients_match') }
  return { record: found[0] ?? null }
}

/**
 * The lead a row is about: the one with its own id, else the newest open one with its e-mail or phone.
 * An own id is one lead's at its source, so a row that must not be that lead is bad.
 */
export function matchLead<Content>(
  row: ReadRow,
  known: KnownRecords<Content>,
  settings: Matching
): RowMatch<Content> {
  const { externalId } = row.content
  const id = externalId === null ? null : known.byExternalId(externalId)
  const { matchBy, onMatch } = settings
  if (id !== null) {
    const record = matchBy.includes('externalId') && onMatch !== 'create' ? known.get(id) : null
    if (record) return { record }
    return { column: columnOf(settings, 'externalId'), reason: because('external_id_taken') }
  }
  if (onMatch === 'create') return { record: null }
  const [newest] = known
    .under('lead', matchKeysOf(row.content.contact, matchBy))
    .filter(({ candidate: { lead } }) => lead && isOpenGroup(lead.statusGroup) && !lead.isTest)
    .toSorted((a, b) => receivedAt(b) - receivedAt(a) || (a.candidate.id < b.candidate.id ? 1 : -1))
  return { record: newest ?? null }
}

/** The column from which a field comes, or null. */
export function columnOf(
  { mapping }: Pick<ImportSettings, 'mapping'>,
  field: string
): string | null {
  return mapping.find((one) => one.field === field)?.column ?? null
}

/** A match that is none, as a problem of its row. */
export function problemOf(
  { number: row, line }: { number: number; line: number },
  { column, reason }: RowFault,
  value: string | null
): RowProblem {
  return {
    row,
    line,
    column,
    ...reason,
    value: column === null ? null : (value?.slice(0, MAX_SHOWN) ?? null)
  }
}

function receivedAt<Content>({ candidate: { lead } }: KnownRecord<Content>): number {
  return lead?.receivedAt.getTime() ?? 0
}
