import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Type } from 'typebox'
import type { Static } from 'typebox'
import { Value } from 'typebox/value'
import {
  SECRET_LENGTH,
  isGuessable,
  readBaseUrl,
  readMailbox,
  readProxies,
  readUrl,
  readWaits,
  readWhole
} from './config-values.ts'
import { StartError } from './start-error.ts'

export const ROLES = ['api', 'worker', 'all'] as const
export type Role = (typeof ROLES)[number]

/** The settings of one process. Absence is `null`; durations and sizes have their unit last. */
export interface Config {
  role: Role
  host: string
  /** 0 lets the system choose; then the address in `publicUrl` is not known before listening. */
  port: number
  /** Without a slash at its end. */
  publicUrl: string
  /** Null: the embedded database. */
  database: { url: string; appUrl: string | null; workerUrl: string | null } | null
  databasePoolMax: number
  dataDirectory: string
  /** Whether to make a demo dealer, or null: with the embedded database only. */
  demo: boolean | null
  /** Never null with a `database`; without one it is made at the first start. */
  secret: string | null
  /** Never null with a `database` and a role that serves the API. */
  operatorToken: string | null
  metricsToken: string | null
  smtpUrl: string | null
  mailFrom: { name: string; address: string }
  logLevel: Settings['LOG_LEVEL']
  rateLimit: { max: number; publicMax: number; windowSeconds: number }
  /** Addresses and networks whose `X-Forwarded-*` headers are believed. */
  trustProxy: string[]
  /** The wait before the second attempt, the third and so on. */
  deliveryRetrySeconds: number[]
  workerConcurrency: number
  shutdownGraceSeconds: number
  requestTimeoutSeconds: number
  bodyLimitBytes: number
  accessTokenMinutes: number
  refreshTokenDays: number
}

/** Everything that is wrong with the environment, by the names of variables and never their values. */
export class ConfigError extends StartError {
  override name = 'ConfigError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(`The environment is not usable:\n${problems.map((one) => `  - ${one}`).join('\n')}`)
    this.problems = problems
  }
}

function whole(description: string, range: { minimum: number; maximum: number; default: number }) {
  return Type.Integer({ description, ...range })
}

function oneOf<Value extends string>(
  description: string,
  values: readonly [...Value[]],
  fallback: Value
) {
  return Type.Enum(values, { description, default: fallback })
}

/** A text that `read` understands; otherwise the variable "must be `expected`". */
function text(description: string, expected: string, read: (value: string) => unknown) {
  return Type.Refine(
    Type.String({ description }),
    (value) => read(value) !== null,
    () => `must be ${expected}`
  )
}

const readSecret = (value: string): string | null => (isGuessable(value) ? null : value)
const SECRET = `at least ${SECRET_LENGTH} characters that nobody can guess (openssl rand -hex 32 makes some)`
const DATABASE = 'a postgres:// URL, with special characters in its password percent-encoded'
const readDatabaseUrl = readUrl('postgres:', 'postgresql:')

const SettingsSchema = Type.Object({
  LEADYARD_ROLE: oneOf(
    'What this process does; `api` and `worker` need DATABASE_URL.',
    ROLES,
    'all'
  ),
  HOST: Type.String({
    description: 'Address to listen on; `0.0.0.0` serves other machines too.',
    default: '127.0.0.1'
  }),
  PORT: whole('Port to listen on; 0 lets the system choose.', {
    minimum: 0,
    maximum: 65_535,
    default: 3000
  }),
  PUBLIC_URL: Type.Optional(
    text(
      'Base of the links in mails and answers; `http://localhost:PORT` when unset.',
      'an http:// or https:// URL without query and fragment',
      readBaseUrl
    )
  ),
  DATABASE_URL: Type.Optional(
    text(
      'PostgreSQL 15 or newer, as the owner of the schema; unset, the embedded one is used.',
      DATABASE,
      readDatabaseUrl
    )
  ),
  DATABASE_APP_URL: Type.Optional(
    text('The same database, as the role that serves requests.', DATABASE, readDatabaseUrl)
  ),
  DATABASE_WORKER_URL: Type.Optional(
    text('The same database, as the role that sends deliveries.', DATABASE, readDatabaseUrl)
  ),
  DATABASE_POOL_MAX: whole('Connections one process opens at most.', {
    minimum: 2,
    maximum: 1000,
    default: 20
  }),
  LEADYARD_DATA_DIR: Type.String({
    description: 'Directory of the embedded database and of what else one machine keeps.',
    default: '.leadyard'
  }),
  LEADYARD_DEMO: Type.Optional(
    Type.Enum(['true', 'false'], {
      description:
        'Whether a demo dealer is made; unset, one is made in the embedded database only.'
    })
  ),
  LEADYARD_SECRET: Type.Optional(
    text(
      'Key of sessions and sealed values; required with DATABASE_URL, the same in all processes.',
      SECRET,
      readSecret
    )
  ),
  LEADYARD_OPERATOR_TOKEN: Type.Optional(
    text(
      'Token of whoever creates dealers; required with DATABASE_URL where the API runs.',
      SECRET,
      readSecret
    )
  ),
  METRICS_TOKEN: Type.Optional(
    text('Token that /metrics asks for; unset, it asks for none.', SECRET, readSecret)
  ),
  SMTP_URL: Type.Optional(
    text(
      'Mail server; unset, mails become files in the data directory.',
      'an smtp:// or smtps:// URL with a host',
      readUrl('smtp:', 'smtps:')
    )
  ),
  MAIL_FROM: Type.Refine(
    Type.String({
      description: 'Sender of our mails.',
      default: 'Leadyard <no-reply@localhost>'
    }),
    (value) => readMailbox(value) !== null,
    () => 'must be an e-mail address, or `Name <address>`'
  ),
  LOG_LEVEL: oneOf(
    'Least important line to log.',
    ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
    'info'
  ),
  RATE_LIMIT_MAX: whole('Requests per credential and window.', {
    minimum: 1,
    maximum: 10_000_000,
    default: 6000
  }),
  RATE_LIMIT_PUBLIC_MAX: whole('Requests per address and window where no credential is asked.', {
    minimum: 1,
    maximum: 10_000_000,
    default: 60
  }),
  RATE_LIMIT_WINDOW_SECONDS: whole('Length of the window of both limits.', {
    minimum: 1,
    maximum: 86_400,
    default: 60
  }),
  TRUST_PROXY: Type.Optional(
    text(
      'Proxies whose X-Forwarded-* headers are believed, separated by commas; none when unset.',
      'IP addresses or CIDR networks, separated by commas',
      readProxies
    )
  ),
  DELIVERY_RETRY_SECONDS: Type.Refine(
    Type.String({
      description: 'Waits between the attempts of a delivery.',
      default: '5,30,120,600,1800,7200,21600,43200,86400'
    }),
    (value) => readWaits(value) !== null,
    () => 'must be 1 to 50 whole numbers of seconds from 1 to 2592000, separated by commas'
  ),
  WORKER_CONCURRENCY: whole('Deliveries one worker sends at the same time.', {
    minimum: 1,
    maximum: 200,
    default: 4
  }),
  SHUTDOWN_GRACE_SECONDS: whole('Time to finish what is in flight when told to stop.', {
    minimum: 1,
    maximum: 600,
    default: 10
  }),
  REQUEST_TIMEOUT_SECONDS: whole('Time a client has to send a request.', {
    minimum: 1,
    maximum: 600,
    default: 30
  }),
  BODY_LIMIT_BYTES: whole('Largest request body.', {
    minimum: 1024,
    maximum: 100 * 1024 * 1024,
    default: 1024 * 1024
  }),
  ACCESS_TOKEN_MINUTES: whole('Life of an access token.', {
    minimum: 1,
    maximum: 1440,
    default: 15
  }),
  REFRESH_TOKEN_DAYS: whole('Life of a session that is not used.', {
    minimum: 1,
    maximum: 365,
    default: 30
  })
})
type Settings = Static<typeof SettingsSchema>
type SettingName = keyof Settings

/** Settings that may also be given as the path of a file, by the name with `_FILE` at its end. */
const SECRET_SETTINGS = [
  'DATABASE_URL',
  'DATABASE_APP_URL',
  'DATABASE_WORKER_URL',
  'LEADYARD_SECRET',
  'LEADYARD_OPERATOR_TOKEN',
  'METRICS_TOKEN',
  'SMTP_URL'
] as const satisfies readonly SettingName[]

const SETTING_NAMES = Object.keys(SettingsSchema.properties) as SettingName[]
const KNOWN_NAMES = new Set<string>([
  ...SETTING_NAMES,
  ...SECRET_SETTINGS.map((name) => `${name}_FILE`)
])

/** What the README's table of settings is made of, in the order to show them. */
export interface SettingDescription {
  name: string
  description: string
  default: string | null
  /** Whether `<name>_FILE` is understood as well. */
  isSecret: boolean
}

export function describeSettings(): SettingDescription[] {
  return SETTING_NAMES.map((name) => {
    const { description = '', default: fallback } = keywordsOf(name)
    return {
      name,
      description,
      default: fallback === undefined ? null : String(fallback),
      isSecret: SECRET_SETTINGS.some((secret) => secret === name)
    }
  })
}

/**
 * Reads the environment, or throws a `ConfigError` that lists all that is wrong with it.
 *
 * A variable that is set to nothing counts as unset: compose files and CI systems cannot leave one
 * out. Variables of ours that we do not know are refused, because a misspelt setting is one that
 * silently does not apply.
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const problems: string[] = []
  const given = readGiven(environment, problems)
  const settings = Value.Default(SettingsSchema, { ...given }) as Partial<
    Record<SettingName, unknown>
  >

  // A value that could not be read is reported once, not as missing too.
  const unreadable = new Set(problems.map((problem) => problem.split(':')[0]))
  problems.push(...findFaults(settings))
  problems.push(...findContradictions(given, unreadable))
  problems.push(...findUnknown(environment))
  if (problems.length > 0 || !Value.Check(SettingsSchema, settings)) throw new ConfigError(problems)
  return toConfig(settings)
}

function readGiven(
  environment: Readonly<Record<string, string | undefined>>,
  problems: string[]
): Partial<Record<SettingName, unknown>> {
  const given: Partial<Record<SettingName, unknown>> = {}
  for (const name of SETTING_NAMES) {
    const value = environment[name]?.trim()
    if (value) given[name] = keywordsOf(name).type === 'integer' ? readWhole(value) : value
  }
  for (const name of SECRET_SETTINGS) {
    const path = environment[`${name}_FILE`]
    if (!path) continue
    if (given[name] !== undefined) {
      problems.push(`${name}: is set together with ${name}_FILE; keep one of the two`)
      continue
    }
    try {
      const value = readFileSync(path, 'utf8').trim()
      if (value) given[name] = value
      else problems.push(`${name}: the file named by ${name}_FILE is empty`)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
      problems.push(`${name}: the file named by ${name}_FILE cannot be read (${code})`)
    }
  }
  return given
}

/** Asks setting by setting: for the object as a whole, TypeBox stops counting after eight errors. */
function findFaults(settings: Partial<Record<SettingName, unknown>>): string[] {
  return SETTING_NAMES.flatMap((name) => {
    const value = settings[name]
    if (value === undefined) return []
    const [error] = Value.Errors(SettingsSchema.properties[name], value)
    if (!error) return []
    const { type, enum: values, minimum, maximum } = keywordsOf(name)
    if (values) return [`${name}: must be one of ${values.join(', ')}`]
    if (type !== 'integer') return [`${name}: ${error.message}`]
    return [`${name}: must be a whole number from ${minimum ?? 0} to ${maximum ?? 0}`]
  })
}

function findContradictions(
  given: Partial<Record<SettingName, unknown>>,
  unreadable: ReadonlySet<string | undefined>
): string[] {
  const problems: string[] = []
  const isMissing = (name: SettingName): boolean =>
    given[name] === undefined && !unreadable.has(name)
  const role = given.LEADYARD_ROLE ?? 'all'

  if (isMissing('DATABASE_URL')) {
    for (const name of ['DATABASE_APP_URL', 'DATABASE_WORKER_URL'] as const) {
      if (given[name] !== undefined) problems.push(`${name}: is set without DATABASE_URL`)
    }
    // A database of its own belongs to one process: a worker would wait for leads that go elsewhere.
    if (role === 'api' || role === 'worker') {
      problems.push(`DATABASE_URL: is required with LEADYARD_ROLE=${role}`)
    }
  } else {
    if (isMissing('LEADYARD_SECRET')) {
      problems.push(`LEADYARD_SECRET: is required with DATABASE_URL, ${SECRET}`)
    }
    if (isMissing('LEADYARD_OPERATOR_TOKEN') && role !== 'worker') {
      problems.push(`LEADYARD_OPERATOR_TOKEN: is required with DATABASE_URL, ${SECRET}`)
    }
  }
  const { LEADYARD_SECRET: secret, LEADYARD_OPERATOR_TOKEN: token } = given
  if (secret !== undefined && secret === token) {
    problems.push('LEADYARD_OPERATOR_TOKEN: must not be the same as LEADYARD_SECRET')
  }
  return problems
}

function findUnknown(environment: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(environment)
    .filter((name) => /^LEADYARD_/i.test(name) && !KNOWN_NAMES.has(name))
    .map((name) => {
      const meant = [name.toUpperCase(), name.toUpperCase().replace('LEADYARD_', '')]
      const known = meant.find((candidate) => KNOWN_NAMES.has(candidate))
      return `${name}: is not a setting${known ? `; ${known} is` : ''}`
    })
}

function toConfig(settings: Settings): Config {
  return {
    role: settings.LEADYARD_ROLE,
    host: settings.HOST,
    port: settings.PORT,
    publicUrl: readBaseUrl(settings.PUBLIC_URL ?? '') ?? `http://localhost:${settings.PORT}`,
    database:
      settings.DATABASE_URL === undefined
        ? null
        : {
            url: settings.DATABASE_URL,
            appUrl: settings.DATABASE_APP_URL ?? null,
            workerUrl: settings.DATABASE_WORKER_URL ?? null
          },
    databasePoolMax: settings.DATABASE_POOL_MAX,
    dataDirectory: resolve(settings.LEADYARD_DATA_DIR),
    demo: settings.LEADYARD_DEMO === undefined ? null : settings.LEADYARD_DEMO === 'true',
    secret: settings.LEADYARD_SECRET ?? null,
    operatorToken: settings.LEADYARD_OPERATOR_TOKEN ?? null,
    metricsToken: settings.METRICS_TOKEN ?? null,
    smtpUrl: settings.SMTP_URL ?? null,
    mailFrom: readMailbox(settings.MAIL_FROM) ?? { name: '', address: settings.MAIL_FROM },
    logLevel: settings.LOG_LEVEL,
    rateLimit: {
      max: settings.RATE_LIMIT_MAX,
      publicMax: settings.RATE_LIMIT_PUBLIC_MAX,
      windowSeconds: settings.RATE_LIMIT_WINDOW_SECONDS
    },
    trustProxy: readProxies(settings.TRUST_PROXY ?? '') ?? [],
    deliveryRetrySeconds: readWaits(settings.DELIVERY_RETRY_SECONDS) ?? [],
    workerConcurrency: settings.WORKER_CONCURRENCY,
    shutdownGraceSeconds: settings.SHUTDOWN_GRACE_SECONDS,
    requestTimeoutSeconds: settings.REQUEST_TIMEOUT_SECONDS,
    bodyLimitBytes: settings.BODY_LIMIT_BYTES,
    accessTokenMinutes: settings.ACCESS_TOKEN_MINUTES,
    refreshTokenDays: settings.REFRESH_TOKEN_DAYS
  }
}

interface Keywords {
  type?: string
  description?: string
  default?: string | number
  enum?: readonly string[]
  minimum?: number
  maximum?: number
}

function keywordsOf(name: SettingName): Keywords {
  return SettingsSchema.properties[name]
}
