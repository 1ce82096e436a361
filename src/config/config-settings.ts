import { Type } from 'typebox'
import type { Static } from 'typebox'
import {
  SECRET_LENGTH,
  readBaseUrl,
  readDatabaseUrl,
  readHost,
  readMailServer,
  readMailbox,
  readProxies,
  readSecret,
  readToken,
  readWaits
} from './config-values.ts'

/** Every setting: its name, what it means, what it may be and what it is when unset. */

const ROLES = ['api', 'worker', 'all'] as const
export type ProcessRole = (typeof ROLES)[number]

function whole(description: string, range: { minimum: number; maximum: number; default: number }) {
  return Type.Integer({ description, ...range })
}

/** Days of history: none ends within a month (`forget_history`). */
function retention(description: string, fallback: number) {
  return Type.Refine(
    whole(`${description}; at least 30, or 0: never.`, {
      minimum: 0,
      maximum: 36_500,
      default: fallback
    }),
    (days) => days === 0 || days >= 30,
    () => 'must be 0 or at least 30'
  )
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
  RATE_LIMIT_MAX: whole('Requests per credential and window.', {
    minimum: 1,
    maximum: 10_000_000,
    default: 6000
  }),
  RATE_LIMIT_PUBLIC_MAX: whole(
    'Requests per address and window for operations without credentials; as many without valid credentials (401) elsewhere.',
    {
      minimum: 1,
      maximum: 10_000_000,
      default: 60
    }
  ),
  RATE_LIMIT_WINDOW_SECONDS: whole('Length of the window of both limits, in seconds.', {
    minimum: 1,
    maximum: 86_400,
    default: 60
  }),
  OVERLOAD_DELAY_MS: whole(
    'Delay of the event loop, in milliseconds, above which new requests get 503; 0: no limit.',
    { minimum: 0, maximum: 60_000, default: 1000 }
  ),
  TRUST_PROXY: Type.Optional(
    text(
      'Proxies whose X-Forwarded-* headers are trusted, separated by commas; none when unset.',
      'IP addresses or CIDR networks, separated by commas',
      readProxies
    )
  ),
  DELIVERY_RETRY_SECONDS: Type.Refine(
    Type.String({
      description: 'Seconds between the attempts of a delivery.',
      default: '5,30,120,600,1800,7200,21600,43200,86400'
    }),
    (value) => readWaits(value) !== null,
    () => 'must be 1 to 50 whole numbers of seconds from 1 to 2592000, separated by commas'
  ),
  WORKER_CONCURRENCY: whole('Deliveries one worker sends at the same time.', {
    minimum: 1,
    maximum: 200,
    default: 8
  }),
  SHUTDOWN_GRACE_SECONDS: whole('Seconds to finish open requests and jobs at shutdown.', {
    minimum: 1,
    maximum: 600,
    default: 10
  }),
  REQUEST_TIMEOUT_SECONDS: whole(
    'Seconds within which a client must send a request; for a file, the longest pause.',
    {
      minimum: 1,
      maximum: 600,
      default: 30
    }
  ),
  BODY_LIMIT_BYTES: whole('Largest request body, in bytes.', {
    minimum: 1024,
    maximum: 100 * 1024 * 1024,
    default: 1024 * 1024
  }),
  LEADYARD_IMPORT_MAX_BYTES: whole('Largest import file, in bytes.', {
    minimum: 1024,
    maximum: 4 * 1024 ** 3,
    default: 512 * 1024 ** 2
  }),
  ACCESS_TOKEN_MINUTES: whole('Minutes for which an access token is valid.', {
    minimum: 1,
    maximum: 1440,
    default: 15
  }),
  REFRESH_TOKEN_DAYS: whole('Days after which an unused session ends.', {
    minimum: 1,
    maximum: 365,
    default: 30
  }),
  MESSAGE_RETENTION_DAYS: retention(
    'Days after which the text and attempts of a message that was sent or cancelled are removed',
    400
  ),
  NOTIFICATION_RETENTION_DAYS: retention('Days after which notifications are removed', 400),
  PAYLOAD_RETENTION_DAYS: retention('Days after which the payloads of leads are removed', 0)
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
