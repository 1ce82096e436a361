import { describeSettings } from '../config/config-settings.ts'
import { LEAD_FIELDS } from '../domain/leads/field-catalogue.ts'
import { FIELD_USES } from '../domain/leads/lead-field.ts'
import { PROBLEM_BASE, PROBLEM_KINDS } from '../http/problems.ts'
import { FAULTS } from '../http/refusals.ts'
import {
  DECISION_REASONS,
  PASSED_OVER_REASONS,
  QUARANTINE_REASONS
} from '../domain/reasons/decision-reasons.ts'
import { DELIVERY_REASONS } from '../domain/reasons/delivery-reasons.ts'
import { LIST_CHECKS } from '../domain/reasons/list-reasons.ts'
import { EVENT_REASONS } from '../domain/reasons/event-reasons.ts'
import { IMPORT_REASONS, IMPORT_WARNINGS, ROW_REASONS } from '../domain/reasons/import-reasons.ts'
import { REPAIR_REASONS } from '../domain/reasons/repair-reasons.ts'
import { WITHDRAWAL_REASONS } from '../domain/reasons/request-reasons.ts'
import { REASONS } from '../domain/reasons/reasons.ts'
import type { ReasonCode } from '../domain/reasons/reasons.ts'
import { REASON_WORDINGS } from '../wording/reasons.ts'
import { dealerSettingsTable } from './documented-dealer-settings.ts'
import { refusalsTable } from './documented-refusals.ts'

const REASON_TABLES = {
  'decision-reasons': DECISION_REASONS,
  'passed-over-reasons': PASSED_OVER_REASONS,
  'quarantine-reasons': QUARANTINE_REASONS,
  'delivery-reasons': DELIVERY_REASONS,
  'import-reasons': IMPORT_REASONS,
  'import-warnings': IMPORT_WARNINGS,
  'row-reasons': ROW_REASONS,
  'event-reasons': EVENT_REASONS,
  'withdrawal-reasons': WITHDRAWAL_REASONS,
  'list-checks': LIST_CHECKS,
  'repair-reasons': REPAIR_REASONS
}

/** A table of a page that is made from the code, between `<!-- name -->` and `<!-- /name -->`. */
interface DocumentedTable {
  page: string
  name: string
  markdown: string
}

/** Every table that the code knows better than a writer. */
export function documentedTables(): DocumentedTable[] {
  return [
    { page: 'docs/operating.md', name: 'settings', markdown: settingsTable() },
    { page: 'docs/integrating.md', name: 'problems', markdown: problemsTable() },
    {
      page: 'docs/dealer-settings.md',
      name: 'dealer-settings',
      markdown: dealerSettingsTable()
    },
    { page: 'docs/fields.md', name: 'fields', markdown: fieldsTable() },
    { page: 'docs/reasons.md', name: 'refusals', markdown: refusalsTable() },
    { page: 'docs/reasons.md', name: 'faults', markdown: codesTable(FAULTS) },
    ...Object.entries(REASON_TABLES).map(([name, reasons]) => ({
      page: 'docs/reasons.md',
      name,
      markdown: reasonsTable(reasons)
    }))
  ]
}

/** The page with its tables as they should be. */
export function withTables(page: string, text: string): string {
  return documentedTables()
    .filter((table) => table.page === page)
    .reduce((whole, { name, markdown }) => {
      const between = new RegExp(`(<!-- ${name} -->\n)[^]*(<!-- /${name} -->)`)
      return whole.replace(between, (_, begin: string, end: string) => begin + markdown + end)
    }, text)
}

function settingsTable(): string {
  const rows = describeSettings().map(
    ({ name, description, values, default: fallback, isSecret }) =>
      `| \`${name}\`${isSecret ? ' *' : ''} | ${description} | ${values ?? ''} | ${fallback === null ? '' : `\`${fallback}\``} |`
  )
  return [
    '| setting | what it does | values | default |',
    '| --- | --- | --- | --- |',
    ...rows,
    ''
  ].join('\n')
}

function problemsTable(): string {
  const rows = Object.entries(PROBLEM_KINDS).map(
    ([type, { status, title }]) => `| ${status} | \`${PROBLEM_BASE}${type}\` | ${title} |`
  )
  return ['| status | type | title |', '| --- | --- | --- |', ...rows, ''].join('\n')
}

function codesTable(sentences: Readonly<Record<string, string>>): string {
  const rows = Object.entries(sentences)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, sentence]) => `| \`${code}\` | ${sentence} |`)
  return ['| code | message |', '| --- | --- |', ...rows, ''].join('\n')
}

function reasonsTable(reasons: Readonly<Partial<Record<ReasonCode, unknown>>>): string {
  const codes = Object.keys(reasons) as ReasonCode[]
  const rows = codes.map((code) => {
    const facts = REASONS[code].map((name) => `\`${name}\``)
    return `| \`${code}\` | ${facts.join(', ')} | ${REASON_WORDINGS.en[code]} |`
  })
  return ['| code | facts | sentence |', '| --- | --- | --- |', ...rows, ''].join('\n')
}

function fieldsTable(): string {
  const rows = LEAD_FIELDS.map(({ path, uses }) => {
    const marks = FIELD_USES.map((use) => (uses.includes(use) ? 'yes' : ''))
    return `| \`${path}\` | ${marks.join(' | ')} |`
  })
  const head = '| field | rules, mappings | imports | exports | templates |'
  return [head, '| --- | --- | --- | --- | --- |', ...rows, ''].join('\n')
}
