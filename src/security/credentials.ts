import { createHash, createHmac, randomInt, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'

/**
 * Secrets people and machines show us. Each names its dealer, so that the row to compare with is
 * looked up inside that dealer's rows: there is no table of everybody's keys to read.
 */

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const DEALER_LENGTH = 22
const SECRET_LENGTH = 32
const CHECKSUM_LENGTH = 6

interface IssuedSecret {
  /** Shown once. */
  text: string
  /** The visible part of the secret. */
  prefix: string
  /** SHA-256: 190 random bits need no slow hash. */
  hash: string
}

type SecretKind = 'lk_live_' | 'rt_' | 'lc_' | 'lp_' | 'li_' | 'lu_'

/**
 * Makes a secret of a dealer: an API key (`lk_live_`), a refresh token (`rt_`), or what makes the
 * address secret of a calendar (`lc_`), a promoter's page (`lp_`), an invitation (`li_`) or an
 * unsubscribe link (`lu_`).
 */
export function issueSecret(kind: SecretKind, dealerId: string): IssuedSecret {
  return secretOf(kind, dealerId, randomText(SECRET_LENGTH))
}

/**
 * Makes a secret that the same key and words make again: for what is shown now and mailed later, while
 * only its hash is stored.
 */
export function deriveSecret(
  kind: SecretKind,
  dealerId: string,
  { key, words }: { key: string; words: string }
): IssuedSecret {
  const ownKey = createHmac('sha256', key).update(`secret ${kind}`).digest()
  const bytes = createHmac('sha256', ownKey).update(`${dealerId} ${words}`).digest('hex')
  return secretOf(
    kind,
    dealerId,
    encode(BigInt(`0x${bytes}`))
      .padStart(SECRET_LENGTH, '0')
      .slice(-SECRET_LENGTH)
  )
}

function secretOf(kind: SecretKind, dealerId: string, secret: string): IssuedSecret {
  const body = encodeDealer(dealerId) + secret
  const text = kind + body + checksum(kind + body)
  const visible = kind.length + DEALER_LENGTH
  return { text, prefix: `${kind}${text.slice(visible, visible + 4)}`, hash: hashSecret(text) }
}

/** Whose secret this claims to be, or null when it was mistyped or made up: no database is asked. */
export function readSecret(
  kind: SecretKind,
  text: string
): { dealerId: string; hash: string } | null {
  const length = kind.length + DEALER_LENGTH + SECRET_LENGTH + CHECKSUM_LENGTH
  if (!text.startsWith(kind) || text.length !== length) return null
  const body = text.slice(0, -CHECKSUM_LENGTH)
  if (checksum(body) !== text.slice(-CHECKSUM_LENGTH)) return null
  const dealerId = decodeDealer(text.slice(kind.length, kind.length + DEALER_LENGTH))
  return dealerId === null ? null : { dealerId, hash: hashSecret(text) }
}

export function hashSecret(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('base64url')
}

/** Compares two secrets in a time that depends on neither. */
export function secretsEqual(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}

/** The token of an `Authorization` header, or null. RFC 6750 allows fewer characters. */
export function readBearerToken(header: string | undefined): string | null {
  return /^Bearer +([\x21-\x7e]{16,4096})$/i.exec(header ?? '')?.[1] ?? null
}

/** Letters and digits, each as likely as the other. */
export function randomText(length: number): string {
  return Array.from({ length }, () => ALPHABET.charAt(randomInt(ALPHABET.length))).join('')
}

/** Without letters and digits that people mistake for each other: 0 O, 1 I l. */
const READABLE = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** A code that a person may have to type from paper. */
export function randomCode(length: number): string {
  return Array.from({ length }, () => READABLE.charAt(randomInt(READABLE.length))).join('')
}

function encodeDealer(id: string): string {
  return encode(BigInt(`0x${id.replaceAll('-', '')}`)).padStart(DEALER_LENGTH, '0')
}

function encode(value: bigint): string {
  let text = ''
  for (let rest = value; rest > 0n; rest /= 62n) text = ALPHABET.charAt(Number(rest % 62n)) + text
  return text
}

function decodeDealer(text: string): string | null {
  let value = 0n
  for (const character of text) {
    const digit = ALPHABET.indexOf(character)
    if (digit < 0) return null
    value = value * 62n + BigInt(digit)
  }
  const hex = value.toString(16).padStart(32, '0')
  if (hex.length > 32) return null
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

function checksum(text: string): string {
  let rest = crc32(text)
  let digits = ''
  for (let i = 0; i < CHECKSUM_LENGTH; i++, rest = Math.floor(rest / 62)) {
    digits = ALPHABET.charAt(rest % 62) + digits
  }
  return digits
}
