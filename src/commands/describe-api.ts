import pg from 'pg'

import { buildApp } from '../app.ts'
import { Database } from '../database/client.ts'
import { Passwords } from '../security/passwords.ts'
import { createMetrics } from '../program/metrics.ts'

/**
 * The OpenAPI document as the text of `openapi/openapi.json`. The routes are its source, so the whole
 * app is built; its pool never connects, because nothing is asked of it.
 */
export async function describeApi(): Promise<string> {
  const pool = new pg.Pool()
  const app = await buildApp({
    db: new Database(pool),
    now: () => new Date(),
    passwords: new Passwords(),
    logger: null,
    secret: 'signs nothing: no request is served here',
    operatorToken: null,
    accessTokenSeconds: 900,
    rememberedMs: 0,
    refreshTokenSeconds: 86_400,
    mailDomain: 'leadyard.example',
    mailFrom: 'leads@leadyard.example',
    publicUrl: () => 'https://leadyard.example',
    linkSecret: 'none',
    limits: { max: 1, publicMax: 1, windowSeconds: 1, maxEventLoopDelayMs: 0 },
    health: { findObstacles: async () => [], metrics: createMetrics(), metricsToken: null },
    requestTimeoutSeconds: 1,
    bodyLimitBytes: 1024,
    importMaxBytes: 1024,
    trustProxy: []
  })
  try {
    await app.ready()
    return `${JSON.stringify(app.swagger(), null, 2)}\n`
  } finally {
    await app.close()
    await pool.end()
  }
}
