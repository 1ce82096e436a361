import { readFile } from 'node:fs/promises'
import t from 'tap'

import { documentedTables, withTables } from '../../src/commands/documented-tables.ts'

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
