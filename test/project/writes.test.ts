import { readFile, readdir } from 'node:fs/promises'
import t from 'tap'

/** A transaction that can write, the means that open one, and the record of what happened. */
const WRITES =
  /\.(transaction|foundingTransaction)\(|\b(changeOne|createOnce|sendRepeat)\(|\/record-events\.ts'/

void t.test('routes read by themselves and write by use cases only', async (t) => {
  const writing: string[] = []
  for (const folder of ['src/routes', 'src/http']) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    for (const entry of entries.filter((one) => one.isFile())) {
      const path = `${entry.parentPath}/${entry.name}`
      if (WRITES.test(await readFile(path, 'utf8'))) writing.push(path)
    }
  }
  t.strictSame(writing, [])
})
