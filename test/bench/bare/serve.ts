import pg from 'pg'

import { buildBareService } from './service.ts'
import type { BareWay } from './capture.ts'

// The bare service as a process: `serve.js DATABASE_URL WAY`. Prints its address when it listens.
const [connectionString = '', way = 'func'] = process.argv.slice(2)
const pool = new pg.Pool({ connectionString, max: 16 })
const app = buildBareService(pool, way as BareWay)
process.on('SIGTERM', () => {
  void app.close().then(() => pool.end())
})
process.stdout.write(`${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
