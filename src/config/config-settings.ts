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
    'What this process does; `api` and `worker` need DATABASE_URL.',
    ROLES,
    'all'
  ),
  HOST: Type.Refine(
    Type.String({
      description: 'Address to listen on; `0.0.0.0` serves other machines too.',
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
      'Token of the operator, who creates dealers; required with DATABASE_URL where the API runs.',
      TOKEN,
      readToken
    )
  ),
  METRICS_TOKEN: Type.Optional(
    text('Token that /metrics asks for; unset, it asks for none.', TOKEN, readToken)
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
  OVERLOAD_DELAY_MS: whole(
    'How late a process may be before it answers new requests 503; 0: it takes them all.',
    { minimum: 0, maximum: 60_000, default: 1000 }
  ),
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
  REQUEST_TIMEOUT_SECONDS: whole(
    'Time a client has to send a request; of a file, how long it may be silent.',
    {
      minimum: 1,
      maximum: 600,
      default: 30
    }
  ),
  BODY_LIMIT_BYTES: whole('Largest request body.', {
    minimum: 1024,
    maximum: 100 * 1024 * 1024,
    default: 1024 * 1024
  }),
  LEADYARD_IMPORT_MAX_BYTES: whole('Largest file of leads or clients.', {
    minimum: 1024,
    maximum: 4 * 1024 ** 3,
    default: 512 * 1024 ** 2
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

/** What the README's table of settings is made of, in the order to show them. */
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
