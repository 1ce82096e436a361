import t from 'tap'

import { loadConfig } from '../../src/config/config.ts'
import { findWarnings } from '../../src/config/surroundings.ts'

const external = {
  DATABASE_URL: 'postgres://owner:hidden-word@db.internal:5432/leads',
  LEADYARD_SECRET: 'q8Zt4vRk1LxW7nBp3MfYc9HdUe2Js6Ga',
  LEADYARD_OPERATOR_TOKEN: 'Xw5Tq9Rb2Ny7Lk4Vd8Hs1Mf6Pc3Zj0GuKe'
}
const real = { SMTP_URL: 'smtps://mail.internal', PUBLIC_URL: 'https://leads.example' }

void t.test('a real installation is warned of mails that reach nobody, and of links', (t) => {
  const warnings = (environment: Record<string, string>) =>
    findWarnings(loadConfig(environment)).map((one) => one.split(' ')[0])
  t.strictSame(warnings({}), [], 'a trial')
  t.strictSame(
    warnings({ WORKER_PORT: '3001' }),
    ['WORKER_PORT'],
    'of a role that has no such port'
  )
  const worker = { ...external, ...real, LEADYARD_ROLE: 'worker', WORKER_PORT: '3001' }
  t.strictSame(warnings(worker), [])
  t.strictSame(warnings({ ...external, ...real }), [])
  t.strictSame(warnings(external), ['SMTP_URL', 'PUBLIC_URL'])
  t.strictSame(warnings({ ...external, LEADYARD_ROLE: 'api' }), ['PUBLIC_URL'], 'it sends nothing')
  t.strictSame(warnings({ ...external, ...real, PUBLIC_URL: 'http://[::1]:3000' }), ['PUBLIC_URL'])
  t.end()
})
