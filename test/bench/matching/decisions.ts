import pg from 'pg'

import { readDecisions } from './decided-pairs.ts'

/**
 * `DATABASE_URL=… npm run matching:decisions -- DEALER_SLUG > FILE.jsonl`: what the users of a dealer decided about
 * clients who may be one person, for `npm run matching:train`. The file holds personal data.
 */
const [slug] = process.argv.slice(2)
if (slug === undefined) throw new Error('Name a dealer by its slug.')
const client = new pg.Client({ connectionString: process.env.DATABASE_URL })
await client.connect()
try {
  for (const pair of await readDecisions(client, slug)) {
    process.stdout.write(`${JSON.stringify(pair)}\n`)
  }
} finally {
  await client.end()
}
