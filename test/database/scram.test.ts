import t from 'tap'

import { scramVerifier } from '../../src/database/scram.ts'
import { asClient, createTestDatabase } from '../support/database.ts'

void t.test('the verifier is what PostgreSQL makes of a password itself', async (t) => {
  const { superuserUrl } = await createTestDatabase(t)
  await asClient(superuserUrl, async (client) => {
    const password = 'a word, long enough to be one'
    await client.query(`create role scram_example password '${password}'`)
    t.teardown(() => asClient(superuserUrl, (one) => one.query('drop role scram_example')))
    const { rows } = await client.query<{ kept: string }>(
      `select rolpassword as kept from pg_authid where rolname = 'scram_example'`
    )
    const kept = rows[0]?.kept ?? ''
    const salt = Buffer.from(/4096:([^$]+)/.exec(kept)?.[1] ?? '', 'base64')
    t.equal(salt.length, 16)
    t.equal(await scramVerifier(password, salt), kept)
  })
})
