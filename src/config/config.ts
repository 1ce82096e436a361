import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Value } from 'typebox/value'
import {
  KNOWN_NAMES,
  SECRET,
  SECRET_SETTINGS,
  SETTING_NAMES,
  SettingsSchema,
  TOKEN,
  keywordsOf
} from './config-settings.ts'
import type { ProcessRole, SettingName, Settings } from './config-settings.ts'
import { readBaseUrl, readMailbox, readProxies, readWaits, readWhole } from './config-values.ts'
import { StartError } from './start-error.ts'

/** The settings of one process. Absence is `null`; durations and sizes have their unit last. */
export interface Config {
  role: ProcessRole
  host: string
  /** 0 lets the system choose. */
  port: number
  /** Where a worker tells how it is. Null: at `port`. */
  workerPort: number | null
  /** Without a slash at its end. Null: the address is known when the service listens. */
  publicUrl: string | null
  /** Null: the embedded database. */
  database: { url: string; appUrl: string | null; workerUrl: string | null } | null
  databasePoolMax: number
  /** Whether statements have names, by which a connection keeps their plans. */
  namedStatements: boolean
  /** How many processes a cluster has. Null: by the number of cores. */
  processes: { api: number | null; worker: number | null }
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
  /** 0: it is never too busy. */
  overloadDelayMs: number
  /** Addresses and networks whose `X-Forwarded-*` headers are believed. */
  trustProxy: string[]
  /** The wait before the second attempt, the third and so on. */
  deliveryRetrySeconds: number[]
  workerConcurrency: number
  shutdownGraceSeconds: number
  requestTimeoutSeconds: number
  bodyLimitBytes: number
  importMaxBytes: number
  accessTokenMinutes: number
  refreshTokenDays: number
  /** For how many days records are kept that only grow; 0: as long as the lead. */
  retention: { messageDays: number; notificationDays: number; payloadDays: number }
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

/**
 * Reads the environment, or throws a `ConfigError` that lists all that is wrong with it.
 *
 * A variable that is set to nothing counts as unset: compose files and CI systems can't leave one
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
    const text = environment[name] ?? ''
    const value = text.trim()
    const isSecret = (SECRET_SETTINGS as readonly string[]).includes(name)
    // An empty value is one that was left out; blanks are a mistake, and a secret may open what it is to guard.
    if (isSecret && text !== '' && value === '') problems.push(`${name}: consists of blanks`)
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
      problems.push(`${name}: the file named by ${name}_FILE can’t be read (${code})`)
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
    const [least, most] = [minimum ?? 0, maximum ?? 0]
    const isWhole = typeof value === 'number' && value >= least && value <= most
    if (type !== 'integer' || isWhole) return [`${name}: ${error.message}`]
    return [`${name}: must be a whole number from ${least} to ${most}`]
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
  const isPart = role === 'api' || role === 'worker'

  if (isMissing('DATABASE_URL')) {
    for (const name of ['DATABASE_APP_URL', 'DATABASE_WORKER_URL'] as const) {
      if (given[name] !== undefined) problems.push(`${name}: is set without DATABASE_URL`)
    }
    // A database of its own belongs to one process: a worker would wait for leads that go elsewhere.
    if (isPart) problems.push(`DATABASE_URL: is required with LEADYARD_ROLE=${role}`)
  }
  // All that is missing at once: a part needs a database, and a database needs these.
  if (isPart || !isMissing('DATABASE_URL')) {
    if (isMissing('LEADYARD_SECRET')) {
      problems.push(`LEADYARD_SECRET: is required with DATABASE_URL, ${SECRET}`)
    }
    if (isMissing('LEADYARD_OPERATOR_TOKEN') && role !== 'worker') {
      problems.push(`LEADYARD_OPERATOR_TOKEN: is required with DATABASE_URL, ${TOKEN}`)
    }
  }
  if (role === 'worker' && given.PORT === 0 && isMissing('PUBLIC_URL')) {
    problems.push('PUBLIC_URL: is required with LEADYARD_ROLE=worker and PORT=0')
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
    workerPort: settings.WORKER_PORT ?? null,
    publicUrl:
      readBaseUrl(settings.PUBLIC_URL ?? '') ??
      (settings.PORT === 0 ? null : `http://localhost:${settings.PORT}`),
    database:
      settings.DATABASE_URL === undefined
        ? null
        : {
            url: settings.DATABASE_URL,
            appUrl: settings.DATABASE_APP_URL ?? null,
            workerUrl: settings.DATABASE_WORKER_URL ?? null
          },
    databasePoolMax: settings.DATABASE_POOL_MAX,
    namedStatements: settings.DATABASE_NAMED_STATEMENTS === 'true',
    processes: { api: settings.API_PROCESSES ?? null, worker: settings.WORKER_PROCESSES ?? null },
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
    overloadDelayMs: settings.OVERLOAD_DELAY_MS,
    trustProxy: readProxies(settings.TRUST_PROXY ?? '') ?? [],
    deliveryRetrySeconds: readWaits(settings.DELIVERY_RETRY_SECONDS) ?? [],
    workerConcurrency: settings.WORKER_CONCURRENCY,
    shutdownGraceSeconds: settings.SHUTDOWN_GRACE_SECONDS,
    requestTimeoutSeconds: settings.REQUEST_TIMEOUT_SECONDS,
    bodyLimitBytes: settings.BODY_LIMIT_BYTES,
    importMaxBytes: settings.LEADYARD_IMPORT_MAX_BYTES,
    accessTokenMinutes: settings.ACCESS_TOKEN_MINUTES,
    refreshTokenDays: settings.REFRESH_TOKEN_DAYS,
    retention: {
      messageDays: settings.MESSAGE_RETENTION_DAYS,
      notificationDays: settings.NOTIFICATION_RETENTION_DAYS,
      payloadDays: settings.PAYLOAD_RETENTION_DAYS
    }
  }
}
