import pg from 'pg'
import t from 'tap'

import { loginUrls } from '../../src/database/roles.ts'
import { TEST_SECRET } from '../support/postgres.ts'

// Guards that the query's login goes: the driver prefers it, so the API would have been the owner.
void t.test('a login is never the owner’s, wherever the owner’s URL names it', async (t) => {
  const owners = [
    'postgres://owner:word@db.internal/leads',
    'postgres:///leads?host=/run/postgresql&user=owner&password=word',
    'postgres://owner:word@db.internal/leads?user=owner&password=word&sslmode=disable'
  ]
  for (const owner of owners) {
    const urls = Object.values(loginUrls(owner, TEST_SECRET))
    const names = urls.map((url) => {
      const client = new pg.Client({ connectionString: url })
      t.not(client.password, 'word', url)
      t.equal(client.database, 'leads')
      return client.user
    })
    t.match(names, [/^leadyard_app_/, /^leadyard_worker_/], owner)
  }
})
