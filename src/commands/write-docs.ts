import { readFile, writeFile } from 'node:fs/promises'

import { documentedTables, withTables } from './documented-tables.ts'

/** `npm run docs:write`: the pages' tables, made anew from the code. */
for (const page of new Set(documentedTables().map((table) => table.page))) {
  await writeFile(page, withTables(page, await readFile(page, 'utf8')))
}
