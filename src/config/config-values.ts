/** Readers of settings. Each returns null for a text that it does not understand. */

import { isIP } from 'node:net'

import pg from 'pg'

import { isMailAddress } from '../mail/mail-address.ts'
import { readSmtpUrl } from '../mail/transport/smtp-url.ts'
import { readBearerToken } from '../security/credentials.ts'

export const SECRET_LENGTH = 32

/** Digits alone: `Number` also takes `0x10`, `1e3` and the empty text. Others stay as they are. */
export function readWhole(value: string): number | string {
  return /^-?\d{1,15}$/.test(value) ? Number(value) : value
}

/**
 * Whether a secret is one that people type: too short, a known placeholder, few different characters,
 * or a short text over and over. Says nothing good about what passes.
 */
function isGuessable(secret: string): boolean {
  if (secret.length < SECRET_LENGTH || new Set(secret).size < 8) return true
  if (
    /change[-_ ]?(me|this|it)|example|placeholder|replace[-_ ]?(me|this)|your[-_ ]/i.test(secret)
  ) {
    return true
  }
  for (let length = 1; length <= secret.length / 2; length++) {
    if (secret.slice(0, length).repeat(secret.length).startsWith(secret)) return true
  }
  return false
}

export function readSecret(value: string): string | null {
  return isGuessable(value) ? null : value
}

/** A secret that comes in a bearer header, which carries visible ASCII only. */
export function readToken(value: string): string | null {
  return readBearerToken(`Bearer ${value}`) === value ? readSecret(value) : null
}

/** An IP address or the name of a host, without a port. */
export function readHost(value: string): string | null {
  const labels = value.split('.')
  const isName = labels.every((label) => /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i.test(label))
  // A text that ends in a number is an address, or a wrong one.
  const isNumeric = /^\d+$/.test(labels.at(-1) ?? '')
  return isIP(value) !== 0 || (isName && !isNumeric) ? value : null
}

/** Only PostgreSQL goes without a host: `postgres:///leadyard?host=/run/postgresql`. */
export function readDatabaseUrl(value: string): URL | null {
  const url = readUrl(value, ['postgres:', 'postgresql:'])
  // Without a name, each role would look for a database of its own name.
  if (url === null || url.pathname.length < 2) return null
  return isReadable(() => new pg.Client({ connectionString: value })) ? url : null
}

export function readMailServer(value: string): string | null {
  return isReadable(() => readSmtpUrl(value)) ? value : null
}

function isReadable(read: () => unknown): boolean {
  try {
    read()
    return true
  } catch {
    return false
  }
}

function readUrl(value: string, protocols: readonly string[]): URL | null {
  if (!URL.canParse(value)) return null
  const url = new URL(value)
  return protocols.includes(url.protocol) ? url : null
}

export function readBaseUrl(value: string): string | null {
  const url = readUrl(value, ['http:', 'https:'])
  if (url?.search !== '' || url.hash !== '' || url.username !== '') return null
  return `${url.origin}${url.pathname}`.replace(/(?<!\/)\/+$/, '')
}

/** `Name <address>`, `"Name" <address>` or an address alone; no line breaks, which end a header. */
export function readMailbox(value: string): { name: string; address: string } | null {
  if (/[\u0000-\u001f\u007f]/.test(value)) return null
  const { name = '', address = value } =
    /^(?<name>[^<>]*)<(?<address>[^<>]*)>$/.exec(value)?.groups ?? {}
  if (!isMailAddress(address)) return null
  return { name: name.trim().replace(/^"(.*)"$/, '$1'), address }
}

export function readProxies(value: string): string[] | null {
  const proxies = value.split(',').map((proxy) => proxy.trim())
  return proxies.every(isProxy) ? proxies : null
}

function isProxy(proxy: string): boolean {
  const [address = '', bits, ...rest] = proxy.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  if (bits === undefined) return true
  return /^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)
}

export function readWaits(value: string): number[] | null {
  const waits = value.split(',').map((wait) => readWhole(wait.trim()))
  const isWait = (wait: number | string): wait is number =>
    typeof wait === 'number' && wait >= 1 && wait <= 2_592_000
  return waits.length <= 50 && waits.every(isWait) ? waits : null
}
