import { describeSettings } from '../config/config-settings.ts'
import { PROBLEM_BASE, PROBLEM_KINDS } from '../http/problems.ts'

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
    { page: 'docs/integrating.md', name: 'problems', markdown: problemsTable() }
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
    ({ name, description, default: fallback, isSecret }) =>
      `| \`${name}\`${isSecret ? ' *' : ''} | ${description} | ${fallback === null ? '' : `\`${fallback}\``} |`
  )
  return ['| setting | what it does | default |', '| --- | --- | --- |', ...rows, ''].join('\n')
}

function problemsTable(): string {
  const rows = Object.entries(PROBLEM_KINDS).map(
    ([type, { status, title }]) => `| ${status} | \`${PROBLEM_BASE}${type}\` | ${title} |`
  )
  return ['| status | type | title |', '| --- | --- | --- |', ...rows, ''].join('\n')
}
