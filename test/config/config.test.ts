import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Fastify from 'fastify'
import t from 'tap'
import { ConfigError, loadConfig } from '../../src/config/config.ts'
import { describeSettings } from '../../src/config/config-settings.ts'

const SECRET = 'q8Zt4vRk1LxW7nBp3MfYc9HdUe2Js6Ga'
const TOKEN = 'Xw5Tq9Rb2Ny7Lk4Vd8Hs1Mf6Pc3Zj0GuKe'
const DATABASE_URL = 'postgres://owner:hidden-word@db.internal:5432/leads'
const external = { DATABASE_URL, LEADYARD_SECRET: SECRET, LEADYARD_OPERATOR_TOKEN: TOKEN }

/** What `loadConfig` has against an environment. */
function problemsOf(environment: Record<string, string>): readonly string[] {
  try {
    loadConfig(environment)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.problems
    throw error
  }
}

void t.test('an empty environment is the demo: embedded database, this machine only', (t) => {
  t.strictSame(loadConfig({}), {
    role: 'all',
    host: '127.0.0.1',
    port: 3000,
    workerPort: null,
    publicUrl: 'http://localhost:3000',
    database: null,
    databasePoolMax: 20,
    namedStatements: true,
    processes: { api: null, worker: null },
    dataDirectory: resolve('.leadyard'),
    demo: null,
    secret: null,
    operatorToken: null,
    metricsToken: null,
    smtpUrl: null,
    mailFrom: { name: 'Leadyard', address: 'no-reply@localhost' },
    logLevel: 'info',
    rateLimit: { max: 6000, publicMax: 60, windowSeconds: 60 },
    overloadDelayMs: 1000,
    trustProxy: [],
    deliveryRetrySeconds: [5, 30, 120, 600, 1800, 7200, 21600, 43200, 86400],
    workerConcurrency: 16,
    shutdownGraceSeconds: 10,
    requestTimeoutSeconds: 30,
    bodyLimitBytes: 1_048_576,
    importMaxBytes: 512 * 1024 * 1024,
    accessTokenMinutes: 15,
    refreshTokenDays: 30,
    retention: { messageDays: 400, notificationDays: 400, payloadDays: 0 }
  })
  t.end()
})

void t.test('settings are read and converted', (t) => {
  const config = loadConfig({
    ...external,
    LEADYARD_ROLE: 'worker',
    DATABASE_APP_URL: 'postgresql://app@db.internal/leads',
    PORT: '0',
    PUBLIC_URL: 'https://leads.example.com/desk/',
    SMTP_URL: 'smtps://user:word@mail.example.com:465',
    MAIL_FROM: '"Auto Haus" <leads@auto.example>',
    TRUST_PROXY: '10.0.0.0/8, ::1',
    DELIVERY_RETRY_SECONDS: '1, 2,3',
    MESSAGE_RETENTION_DAYS: '0',
    PAYLOAD_RETENTION_DAYS: '30',
    RATE_LIMIT_MAX: ' 12 ',
    LEADYARD_DEMO: 'true',
    METRICS_TOKEN: ''
  })
  t.hasStrict(config, {
    role: 'worker',
    port: 0,
    workerPort: null,
    publicUrl: 'https://leads.example.com/desk',
    database: {
      url: DATABASE_URL,
      appUrl: 'postgresql://app@db.internal/leads',
      workerUrl: null
    },
    secret: SECRET,
    smtpUrl: 'smtps://user:word@mail.example.com:465',
    mailFrom: { name: 'Auto Haus', address: 'leads@auto.example' },
    trustProxy: ['10.0.0.0/8', '::1'],
    deliveryRetrySeconds: [1, 2, 3],
    retention: { messageDays: 0, notificationDays: 400, payloadDays: 30 },
    demo: true,
    metricsToken: null
  })
  t.equal(config.rateLimit.max, 12)
  t.equal(loadConfig({ PORT: '8080' }).publicUrl, 'http://localhost:8080')
  t.equal(loadConfig({ PORT: '0' }).publicUrl, null, 'the system chooses the port')
  t.end()
})

void t.test('everything wrong is listed at once, by name and without values', (t) => {
  const wrong = {
    DATABASE_URL: 'mysql://root:hidden-word@db/leads',
    LEADYARD_SECRET: 'hidden-word',
    LEADYARD_ROLE: 'hidden-word',
    PORT: '0x10',
    PUBLIC_URL: 'ftp://hidden-word',
    SMTP_URL: 'smtp://',
    MAIL_FROM: 'hidden-word',
    LOG_LEVEL: 'loud',
    LEADYARD_DEMO: 'yes',
    TRUST_PROXY: '10.0.0.0/64',
    DELIVERY_RETRY_SECONDS: '5,,30',
    BODY_LIMIT_BYTES: '1.5',
    DATABASE_POOL_MAX: '-3',
    MESSAGE_RETENTION_DAYS: '29',
    PAYLOAD_RETENTION_DAYS: '-1',
    LEADYARD_SECRETS: 'hidden-word',
    LEADYARD_PORT: '80'
  }
  const problems = problemsOf(wrong)
  const names = problems.map((problem) => problem.split(':')[0])
  t.strictSame(names.toSorted(), [...Object.keys(wrong), 'LEADYARD_OPERATOR_TOKEN'].toSorted())
  t.notMatch(problems.join(), 'hidden-word')
  t.ok(problems.includes('LEADYARD_PORT: is not a setting; PORT is'))
  t.ok(problems.includes('MESSAGE_RETENTION_DAYS: must be 0 or at least 30'))
  t.ok(problems.includes('PAYLOAD_RETENTION_DAYS: must be a whole number from 0 to 36500'))
  t.ok(problems.includes('PORT: must be a whole number from 0 to 65535'))
  t.ok(problems.includes('LEADYARD_ROLE: must be one of api, worker, all'))
  t.end()
})

void t.test('a database of your own needs a secret and, for the API, an operator token', (t) => {
  const names = (environment: Record<string, string>) =>
    problemsOf(environment).map((problem) => problem.split(':')[0])
  const both = ['LEADYARD_SECRET', 'LEADYARD_OPERATOR_TOKEN']
  t.strictSame(names({ DATABASE_URL }), both)
  t.strictSame(names({ DATABASE_URL, LEADYARD_ROLE: 'api' }), both)
  t.strictSame(names({ DATABASE_URL, LEADYARD_ROLE: 'worker' }), ['LEADYARD_SECRET'])
  t.strictSame(names({ LEADYARD_ROLE: 'worker' }), ['DATABASE_URL', 'LEADYARD_SECRET'])
  t.strictSame(names({ LEADYARD_ROLE: 'api' }), ['DATABASE_URL', ...both], 'all that is missing')
  t.strictSame(names({ DATABASE_APP_URL: DATABASE_URL }), ['DATABASE_APP_URL'])
  t.strictSame(names({ ...external, LEADYARD_OPERATOR_TOKEN: SECRET }), ['LEADYARD_OPERATOR_TOKEN'])
  t.strictSame(names(external), [])
  const worker = { ...external, LEADYARD_ROLE: 'worker', PORT: '0' }
  t.strictSame(names(worker), ['PUBLIC_URL'], 'it never listens, so it has no address for links')
  t.end()
})

void t.test('secrets that people type are refused', (t) => {
  const guessable = [
    'short',
    'x'.repeat(64),
    'abcdefghijklmnop'.repeat(2),
    '0123456789abcdef0123456789abcdef01',
    'please-changeme-before-production-1234',
    'your-secret-goes-here-0123456789-abc'
  ]
  for (const secret of guessable) {
    t.equal(problemsOf({ ...external, LEADYARD_SECRET: secret }).length, 1, secret)
  }
  t.end()
})

// Guards the checks of what a setting is for: each of these was accepted, and then never worked.
void t.test('settings that can never work are refused, all at once', (t) => {
  const hard = 'Xw5Tq9Rb2Ny7Lk4Vd8Hs1Mf6Pc3Zj0Gu'
  const cases: Partial<Record<string, string[]>> = {
    LEADYARD_OPERATOR_TOKEN: [`${hard} two words`, `${hard}é`, `${hard}\u0007`, hard.repeat(200)],
    METRICS_TOKEN: [`${hard} two words`, `${hard}ł`, `${hard}\t${hard}`],
    HOST: ['http://0.0.0.0', '0.0.0.0:3000', '[::1]', '*', '127.0.0.256', 'a host', '-a.example'],
    DATABASE_URL: ['postgres://owner@db', `${DATABASE_URL}?sslrootcert=/nowhere/ca.pem`],
    DATABASE_APP_URL: ['postgres://app@db/'],
    DATABASE_WORKER_URL: ['postgres:///?host=/run/postgresql'],
    SMTP_URL: ['smtp://mail.example?requireTLS=maybe', 'smtp://mail.example?debug=true'],
    MAIL_FROM: ['desk@-auto-.example', 'two..dots@auto.example', 'Desk <desk@auto..example>'],
    TRUST_PROXY: ['0.0.0.0/0', '10.0.0.0/8, ::/0']
  }
  for (const [name, values = []] of Object.entries(cases)) {
    for (const value of values) {
      const problems = problemsOf({ ...external, [name]: value })
      t.strictSame(
        problems.map((problem) => problem.split(':')[0]),
        [name],
        value.slice(0, 60)
      )
    }
  }
  const first = Object.entries(cases).map(([name, values = []]) => [name, values[0] ?? ''])
  const problems = problemsOf({ ...external, ...Object.fromEntries(first) })
  t.strictSame(
    problems.map((problem) => problem.split(':')[0] ?? '').toSorted(),
    Object.keys(cases).toSorted()
  )
  t.end()
})

void t.test('unusual settings that work are taken', (t) => {
  const cases: Record<string, string[]> = {
    LEADYARD_OPERATOR_TOKEN: ['Xw5Tq9Rb2Ny7Lk4!#$%&()*,/:;<=>?@[]^{|}~"'],
    LEADYARD_SECRET: ['zażółć gęślą jaźń, i jeszcze coś'],
    HOST: ['0.0.0.0', '::', 'localhost', 'desk.internal', 'desk_1', '10-0-0-1.example.com'],
    DATABASE_URL: ['postgres:///leads?host=/run/postgresql', 'postgres://o:p%40ss@db/my%20leads'],
    SMTP_URL: ['smtp://u:p%40ss@mail.example:2525?requireTLS=false', 'smtps://[::1]'],
    MAIL_FROM: ['no-reply@localhost', 'Auto <desk@münchen.example>'],
    TRUST_PROXY: ['10.0.0.0/8,172.16.0.0/12', 'fd00::/8', '::ffff:10.0.0.1']
  }
  for (const [name, values] of Object.entries(cases)) {
    for (const value of values) {
      t.strictSame(problemsOf({ ...external, [name]: value }), [], `${name} ${value}`)
    }
  }
  for (const value of cases.TRUST_PROXY ?? []) {
    t.doesNotThrow(() => Fastify({ trustProxy: loadConfig({ TRUST_PROXY: value }).trustProxy }))
  }
  t.end()
})

void t.test('a secret may come from a file', (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'leadyard-config-'))
  t.teardown(() => {
    rmSync(directory, { recursive: true })
  })
  const file = join(directory, 'secret')
  const empty = join(directory, 'empty')
  writeFileSync(file, `${SECRET}\n`)
  writeFileSync(empty, '\n')
  const rest = { DATABASE_URL, LEADYARD_OPERATOR_TOKEN: TOKEN }

  t.equal(loadConfig({ ...rest, LEADYARD_SECRET_FILE: file }).secret, SECRET)
  const wrong: [Record<string, string>, RegExp][] = [
    [{ LEADYARD_SECRET_FILE: join(directory, 'nowhere') }, /can’t be read \(ENOENT\)/],
    [{ LEADYARD_SECRET_FILE: empty }, /is empty/],
    [{ LEADYARD_SECRET_FILE: file, LEADYARD_SECRET: SECRET }, /keep one of the two/]
  ]
  for (const [environment, expected] of wrong) {
    const problems = problemsOf({ ...rest, ...environment })
    t.equal(problems.length, 1, 'told once')
    t.match(problems[0], expected)
  }
  t.end()
})

void t.test('a secret of blanks is refused, and opens nothing', (t) => {
  for (const name of ['METRICS_TOKEN', 'LEADYARD_SECRET', 'LEADYARD_OPERATOR_TOKEN']) {
    t.ok(problemsOf({ [name]: ' \t ' }).includes(`${name}: consists of blanks`), name)
  }
  t.equal(loadConfig({ METRICS_TOKEN: '' }).metricsToken, null, 'an empty one is left out')
  t.end()
})

void t.test('every setting is described', (t) => {
  for (const { name, description } of describeSettings()) {
    t.match(description, /^[A-Z].*\.$/, name)
  }
  t.end()
})
