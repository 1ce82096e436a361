import { pino } from 'pino'
import { Registry } from 'prom-client'
import t from 'tap'

import { buildHealthApp } from '../src/health-app.ts'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

void t.test(
  'problems of a worker’s port have an id of their own, as those of the API',
  async (t) => {
    const metrics = new Registry()
    const health = { findObstacles: async () => [], metrics, metricsToken: 'a-token' }
    const app = await buildHealthApp(pino({ enabled: false }), health, 5)
    t.teardown(() => app.close())
    for (const url of ['/metrics', '/v1/leads']) {
      const { instance } = (await app.inject(url)).json<{ instance: string }>()
      t.match(instance, UUID, url)
    }
  }
)
