import { isSamePerson } from '../capture/same-sender.ts'
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

/** Which lead a row is about, and whether another lead has its own id. */
export interface LeadMatch<Content> {
  record: KnownRecord<Content> | null
  taken: TakenId | null
}

/** Whose lead has the id of a row. */
type TakenId = 'by-same-person' | 'by-another-person'

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
 * The lead a row is about: the one with its own id, where it is of the same person, else the newest open
 * one with its e-mail or phone. An own id is one lead's at its source: a row that is another lead keeps the
 * id as a reference.
 */
export function matchLead<Content>(
  row: ReadRow,
  known: KnownRecords<Content>,
  settings: Matching
): LeadMatch<Content> {
  const { externalId, contact } = row.content
  const id = externalId === null ? null : known.byExternalId(externalId)
  const { matchBy, onMatch } = settings
  const owner = id === null ? null : known.get(id)
  const isSame = owner !== null && isSamePerson(owner.candidate.contact, contact)
  const taken = id === null ? null : isSame ? 'by-same-person' : 'by-another-person'
  if (onMatch === 'create') return { record: null, taken }
  if (isSame && matchBy.includes('externalId')) return { record: owner, taken: null }
  const [newest] = known
    .under('lead', matchKeysOf(contact, matchBy))
    .filter(({ candidate: { lead } }) => lead && isOpenGroup(lead.statusGroup) && !lead.isTest)
    .toSorted((a, b) => receivedAt(b) - receivedAt(a) || (a.candidate.id < b.candidate.id ? 1 : -1))
  return newest ? { record: newest, taken: null } : { record: null, taken }
}

/** The column from which a field comes, or null. */
export function columnOf(
  { mapping }: Pick<ImportSettings, 'mapping'>,
  field: string
): string | null {
  return mapping.find((one) => one.field === field)?.column ?? null
}

/** That another lead has the id of a row. */
export function takenProblem(
  row: { number: number; line: number },
  { content: { externalId } }: ReadRow,
  settings: Pick<ImportSettings, 'mapping'>
): RowProblem {
  const column = columnOf(settings, 'externalId')
  return problemOf(row, { column, reason: because('external_id_taken') }, externalId)
}

/** That the database refuses the values of a row. */
export function notStoredProblem(row: { number: number; line: number }): RowProblem {
  return problemOf(row, { column: null, reason: because('row_not_stored') }, null)
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
