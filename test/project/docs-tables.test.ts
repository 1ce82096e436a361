import { readFile } from 'node:fs/promises'
import t from 'tap'

import { documentedTables, withTables } from '../../src/commands/documented-tables.ts'
import { CONFLICTS } from '../../src/http/refusals.ts'

void t.test('the page of reasons has every code with which a write is refused', async (t) => {
  const page = await readFile('docs/reasons.md', 'utf8')
  const declared = (await readFile('src/domain/refusals.ts', 'utf8')).matchAll(
    /'([a-z]+(?:-[a-z]+)*)'/g
  )
  // Those whose code is their `because`, and names that are no codes.
  const others = ['gone', 'forbidden', 'unauthenticated', 'object', 'refusal']
  const codes = [...new Set([...declared].map(([, code = '']) => code))]
  t.ok(codes.length > 90)
  for (const code of [...codes, ...Object.keys(CONFLICTS)].filter((one) => !others.includes(one))) {
    t.ok(page.includes(`| \`${code}\` |`), code)
  }
})

void t.test('the tables of settings and problems say what is true', async (t) => {
  for (const { page, name, markdown } of documentedTables()) {
    const text = await readFile(page, 'utf8')
    t.ok(text.includes(`<!-- ${name} -->`), `${page} has a place for ${name}`)
    // Lists of codes can be short; settings and problems never were.
    const least = ['settings', 'problems'].includes(name) ? 20 : 3
    t.ok(markdown.split('\n').length > least, name)
    t.equal(text, withTables(page, text), `npm run docs:write brings ${page} up to date`)
  }
})
