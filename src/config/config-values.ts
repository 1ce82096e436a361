/** What the texts of the environment mean. Each reader returns null for a text it does not understand. */

import { isIP } from 'node:net'

export const SECRET_LENGTH = 32

/** Digits alone: `Number` also takes `0x10`, `1e3` and the empty text. Others stay as they are. */
export function readWhole(value: string): number | string {
  return /^-?\d{1,15}$/.test(value) ? Number(value) : value
}

/**
 * Whether a secret is one that people type: too short, a known placeholder, few different characters,
 * or a short text over and over. Says nothing good about what passes.
 */
export function isGuessable(secret: string): boolean {
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

export function readUrl(...protocols: string[]): (value: string) => URL | null {
  return (value) => {
    if (!URL.canParse(value)) return null
    const url = new URL(value)
    if (!protocols.includes(url.protocol)) return null
    // Only PostgreSQL goes without a host: `postgres:///leadyard?host=/run/postgresql`.
    return url.hostname === '' && !protocols.includes('postgres:') ? null : url
  }
}

export function readBaseUrl(value: string): string | null {
  const url = readUrl('http:', 'https:')(value)
  if (url?.search !== '' || url.hash !== '' || url.username !== '') return null
  return `${url.origin}${url.pathname}`.replace(/(?<!\/)\/+$/, '')
}

/** `Name <address>`, `"Name" <address>` or an address alone; no line breaks, which end a header. */
export function readMailbox(value: string): { name: string; address: string } | null {
  if (/[\u0000-\u001f\u007f]/.test(value)) return null
  const { name = '', address = value } =
    /^(?<name>[^<>]*)<(?<address>[^<>]*)>$/.exec(value)?.groups ?? {}
  if (!/^[^\s@<>(),;:"]+@[^\s@<>(),;:"]+$/.test(address)) return null
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
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}

export function readWaits(value: string): number[] | null {
  const waits = value.split(',').map((wait) => readWhole(wait.trim()))
  const isWait = (wait: number | string): wait is number =>
    typeof wait === 'number' && wait >= 1 && wait <= 2_592_000
  return waits.length <= 50 && waits.every(isWait) ? waits : null
}
