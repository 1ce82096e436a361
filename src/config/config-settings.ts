import { Type } from 'typebox'
import type { Static } from 'typebox'
import {
  SECRET_LENGTH,
  readBaseUrl,
  readDatabaseUrl,
  readHost,
  readMailServer,
  readMailbox,
  readSecret,
  readToken
} from './config-values.ts'
import { LIMIT_SETTINGS } from './limit-settings.ts'
import { oneOf, text, whole } from './setting-types.ts'

/** Every setting: its name, what it means, what it may be and what it is when unset. */

const ROLES = ['api', 'worker', 'all'] as const
export type ProcessRole = (typeof ROLES)[number]

export const SECRET = `at least ${SECRET_LENGTH} characters that are hard to guess (openssl rand -hex 32 makes some)`
export const TOKEN = `${SECRET}, of visible ASCII only`
const DATABASE =
  'a postgres:// URL that names a database, special characters percent-encoded, certificate files readable'

export const SettingsSchema = Type.Object({
  LEADYARD_ROLE: oneOf(
    'The work of this process: `api`, `worker` or `all`. `api` and `worker` need DATABASE_URL.',
    ROLES,
    'all'
  ),
  HOST: Type.Refine(
    Type.String({
      description: 'Address to listen on. `0.0.0.0` also accepts requests from other machines.',
      default: '127.0.0.1'
    }),
    (value) => readHost(value) !== null,
    () => 'must be an IP address or the name of a host, without a port'
  ),
  PORT: whole('Port to listen on; 0 lets the system choose.', {
    minimum: 0,
    maximum: 65_535,
    default: 3000
  }),
  WORKER_PORT: Type.Optional(
    Type.Integer({
      description:
        'Port of /healthz, /readyz and /metrics with `LEADYARD_ROLE=worker`; unset, PORT. 0 lets the system choose.',
      minimum: 0,
      maximum: 65_535
    })
  ),
  PUBLIC_URL: Type.Optional(
    text(
      'Base of the links in mails and responses; unset, `http://localhost:PORT`, or with `PORT=0` the address listened on.',
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
    text(
      'The same database, as the role that serves requests, also through a pooler of connections. Without a user: as the role that the start makes.',
      DATABASE,
      readDatabaseUrl
    )
  ),
  DATABASE_WORKER_URL: Type.Optional(
    text('The same database, as the role that sends deliveries.', DATABASE, readDatabaseUrl)
  ),
  DATABASE_POOL_MAX: whole('Maximum number of database connections of one process.', {
    minimum: 2,
    maximum: 1000,
    default: 20
  }),
  DATABASE_NAMED_STATEMENTS: oneOf(
    'Whether connections keep the plans of statements; `false` for a PgBouncer that keeps none of them.',
    ['true', 'false'],
    'true'
  ),
  API_PROCESSES: Type.Optional(
    Type.Integer({
      description:
        'Processes of `npm run cluster` that serve the API; unset, by the number of cores.',
      minimum: 1,
      maximum: 256
    })
  ),
  WORKER_PROCESSES: Type.Optional(
    Type.Integer({
      description:
        'Its processes that send deliveries and run jobs; unset, by the number of cores.',
      minimum: 1,
      maximum: 256
    })
  ),
  LEADYARD_DATA_DIR: Type.String({
    description: 'Directory of the embedded database and other local files.',
    default: '.leadyard'
  }),
  LEADYARD_DEMO: Type.Optional(
    Type.Enum(['true', 'false'], {
      description: 'Whether to create a demo dealer; unset, only in the embedded database.'
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
      'Token of the operator, who creates dealers; required with DATABASE_URL where the API runs.',
      TOKEN,
      readToken
    )
  ),
  METRICS_TOKEN: Type.Optional(
    text('Token that /metrics requires; unset, it requires none.', TOKEN, readToken)
  ),
  SMTP_URL: Type.Optional(
    text(
      'Mail server; unset, mails become files in the data directory.',
      'an smtp:// or smtps:// URL with a host and no unknown options',
      readMailServer
    )
  ),
  MAIL_FROM: Type.Refine(
    Type.String({
      description: 'Sender of the mails.',
      default: 'Leadyard <no-reply@localhost>'
    }),
    (value) => readMailbox(value) !== null,
    () => 'must be an e-mail address, or `Name <address>`'
  ),
  LOG_LEVEL: oneOf(
    'Lowest level of logged lines.',
    ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'],
    'info'
  ),
  ...LIMIT_SETTINGS
})
export type Settings = Static<typeof SettingsSchema>
export type SettingName = keyof Settings

/** Settings that may also be given as the path of a file, by the name with `_FILE` at its end. */
export const SECRET_SETTINGS = [
  'DATABASE_URL',
  'DATABASE_APP_URL',
  'DATABASE_WORKER_URL',
  'LEADYARD_SECRET',
  'LEADYARD_OPERATOR_TOKEN',
  'METRICS_TOKEN',
  'SMTP_URL'
] as const satisfies readonly SettingName[]

export const SETTING_NAMES = Object.keys(SettingsSchema.properties) as SettingName[]
export const KNOWN_NAMES = new Set<string>([
  ...SETTING_NAMES,
  ...SECRET_SETTINGS.map((name) => `${name}_FILE`)
])

/** The settings for the table in docs/operating.md, in display order. */
interface SettingDescription {
  name: string
  description: string
  /** The words or numbers that it can have. Null: a text. */
  values: string | null
  default: string | null
  /** Whether `<name>_FILE` is understood as well. */
  isSecret: boolean
}

export function describeSettings(): SettingDescription[] {
  return SETTING_NAMES.map((name) => {
    const { description = '', default: fallback, enum: values, minimum, maximum } = keywordsOf(name)
    const words = values?.map((value) => `\`${value}\``).join(', ')
    return {
      name,
      description,
      values: words ?? (minimum === undefined ? null : `${minimum} to ${maximum}`),
      default: fallback === undefined ? null : String(fallback),
      isSecret: SECRET_SETTINGS.some((secret) => secret === name)
    }
  })
}

export function keywordsOf(name: SettingName): Keywords {
  return SettingsSchema.properties[name]
}

interface Keywords {
  type?: string
  description?: string
  default?: string | number
  enum?: readonly string[]
  minimum?: number
  maximum?: number
}
