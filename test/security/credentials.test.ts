import t from 'tap'

import { newId } from '../../src/ids.ts'
import {
  hashSecret,
  issueSecret,
  readSecret,
  secretsEqual
} from '../../src/security/credentials.ts'
import { OPERATOR_TOKEN, createTestApp } from '../support/app.ts'

/** The text with one character changed. */
function changedAt(text: string, index: number): string {
  return text.slice(0, index) + (text[index] === 'a' ? 'b' : 'a') + text.slice(index + 1)
}

void t.test('two secrets are equal only when every character is', async (t) => {
  const secret = 'the-operator-token-of-the-tests-48-characters-long'
  t.equal(secretsEqual(secret, secret), true)
  for (let index = 0; index < secret.length; index++) {
    t.equal(secretsEqual(changedAt(secret, index), secret), false, `character ${index}`)
  }
  const others = ['', secret.slice(0, -1), secret.slice(1), `${secret}a`, `${secret}\0`]
  for (const other of others) t.equal(secretsEqual(other, secret), false, JSON.stringify(other))
})

void t.test('a secret with any character changed is another secret, or none', async (t) => {
  const { text, hash } = issueSecret('lk_live_', newId())
  t.equal(readSecret('lk_live_', text)?.hash, hash)
  for (let index = 0; index < text.length; index++) {
    t.equal(readSecret('lk_live_', changedAt(text, index)), null, `character ${index}`)
  }
  t.equal(readSecret('rt_', text), null, 'of another kind')
  t.not(hashSecret(text), hashSecret(changedAt(text, text.length - 1)), 'the hash is of all of it')
})

void t.test('the operator token with its last character changed is 401', async (t) => {
  const { call } = await createTestApp(t)
  const list = (token: string) => call(token, { method: 'GET', url: '/v1/dealers' })
  t.equal((await list(OPERATOR_TOKEN)).status, 200)
  t.equal((await list(changedAt(OPERATOR_TOKEN, OPERATOR_TOKEN.length - 1))).status, 401)
  t.equal((await list(changedAt(OPERATOR_TOKEN, 0))).status, 401)
})

// Guards the comparison with the stored hash: these are well-formed secrets that were never stored.
void t.test('a well-formed secret of the dealer that was never issued opens nothing', async (t) => {
  const { call, createDealer } = await createTestApp(t)
  const { id } = await createDealer()
  const secret = (kind: Parameters<typeof issueSecret>[0]) => issueSecret(kind, id).text
  const get = async (token: string | null, url: string) =>
    (await call(token, { method: 'GET', url })).status
  t.equal(await get(secret('lk_live_'), '/v1/me'), 401, 'an API key')
  const payload = { refreshToken: secret('rt_') }
  const refreshed = await call(null, { method: 'POST', url: '/v1/auth/refresh', payload })
  t.equal(refreshed.status, 401, 'a refresh token')
  t.equal(await get(null, `/v1/calendars/${secret('lc_')}`), 404, 'a calendar')
  t.equal(await get(null, `/v1/promoter-page/${secret('lp_')}`), 404, 'a promoter’s page')
  t.equal(await get(null, `/v1/promoter-invitations/${secret('li_')}`), 404, 'an invitation')
  t.equal(await get(null, `/u/${secret('lu_')}`), 404, 'an unsubscribe link')
})
