import { Type } from 'typebox'

import { readProxies, readWaits } from './config-values.ts'
import { retention, text, whole } from './setting-types.ts'

/** Settings of how much, how often and how long. */
export const LIMIT_SETTINGS = {
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
    default: 16
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
}
