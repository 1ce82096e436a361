import t from 'tap'

import { startProgram } from '../support/program.ts'

void t.test(
  'the program applies its limits, trusts its proxy and closes its metrics',
  async (t) => {
    const { baseUrl, credentials, stop } = await startProgram(t, {
      environment: {
        RATE_LIMIT_MAX: '3',
        RATE_LIMIT_PUBLIC_MAX: '1',
        TRUST_PROXY: '127.0.0.1',
        METRICS_TOKEN: 'a-metrics-token-of-this-test-0123456789'
      }
    })
    const statusOf = async (path: string, headers: Record<string, string> = {}) =>
      (await fetch(`${baseUrl}${path}`, { headers })).status
    const inTurn = async (count: number, call: () => Promise<number>) => {
      const statuses: number[] = []
      for (let n = 0; n < count; n++) statuses.push(await call())
      return statuses
    }

    const authorization = `Bearer ${credentials.apiKey}`
    const list = () => statusOf('/v1/leads', { authorization })
    t.strictSame(await inTurn(4, list), [200, 200, 200, 429], 'RATE_LIMIT_MAX')

    const visit = (address: string) => statusOf('/r/abcdefgh', { 'x-forwarded-for': address })
    t.strictSame(await inTurn(2, () => visit('192.0.2.1')), [404, 429], 'RATE_LIMIT_PUBLIC_MAX')
    t.equal(await visit('192.0.2.2'), 404, 'TRUST_PROXY: another visitor of the same proxy')

    t.equal(await statusOf('/metrics'), 401, 'METRICS_TOKEN')
    const token = 'Bearer a-metrics-token-of-this-test-0123456789'
    t.equal(await statusOf('/metrics', { authorization: token }), 200)
    t.equal(await stop(), 0)
  }
)
