import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

/** The parameters of scrypt; `N` is its work factor, a power of two. */
interface PasswordCost {
  N: number
  r: number
  p: number
}

/** OWASP's parameters: 128 MiB and some 400 ms each, so never many at once. */
const OWASP: PasswordCost = { N: 2 ** 17, r: 8, p: 1 }
const MAX_MEMORY = 256 * 2 ** 20
const HASHING_AT_ONCE = 2
/** Some ten seconds' work: a client that waits longer has given up. */
const MAX_WAITING = 50

const HASH_BYTES = 32
const SALT_BYTES = 16

const scryptAsync = promisify<string, Buffer, number, PasswordCost & { maxmem: number }, Buffer>(
  scrypt
)

/** Thrown where so many passwords wait to be hashed that one more would wait in vain. */
export class HashingBusy extends Error {}

/** Hashes passwords, and compares them with their hashes, a few at a time. */
export class Passwords {
  readonly #cost: PasswordCost
  readonly #atOnce: number
  /** Compared with where there is no user, so that the response time tells nothing. */
  readonly #placeholder: string
  readonly #waiting: (() => void)[] = []
  #hashing = 0

  /**
   * `cost` is that of new hashes: a stored one says what it was made with. `atOnce` are hashed at a time.
   */
  constructor(cost = OWASP, atOnce = HASHING_AT_ONCE) {
    this.#cost = cost
    this.#atOnce = atOnce
    this.#placeholder = write(cost, Buffer.alloc(SALT_BYTES), Buffer.alloc(HASH_BYTES))
  }

  /** A password as `scrypt$N$r$p$salt$hash`. Throws `HashingBusy`. */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES)
    return write(this.#cost, salt, await this.#scrypt(password, salt, this.#cost))
  }

  /**
   * Whether the password is the one hashed. Without a hash it takes as long, and is wrong. Throws
   * `HashingBusy`.
   */
  async verify(password: string, stored: string | null): Promise<boolean> {
    const { cost, salt, hash } = read(stored ?? this.#placeholder)
    const actual = await this.#scrypt(password, salt, cost)
    return hash.length === actual.length && timingSafeEqual(hash, actual) && stored !== null
  }

  /** Keeps a burst of sign-ins from taking all memory: the others wait their turn. */
  async #scrypt(password: string, salt: Buffer, cost: PasswordCost): Promise<Buffer> {
    if (this.#waiting.length >= MAX_WAITING) {
      throw new HashingBusy('too many passwords wait to be hashed')
    }
    if (this.#hashing >= this.#atOnce) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    } else this.#hashing += 1
    try {
      return await scryptAsync(password, salt, HASH_BYTES, { ...cost, maxmem: MAX_MEMORY })
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#hashing -= 1
    }
  }
}

function write({ N, r, p }: PasswordCost, salt: Buffer, hash: Buffer): string {
  return ['scrypt', N, r, p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

function read(stored: string): { cost: PasswordCost; salt: Buffer; hash: Buffer } {
  const [, N, r, p, salt = '', hash = ''] = stored.split('$')
  return {
    cost: { N: Number(N), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64url'),
    hash: Buffer.from(hash, 'base64url')
  }
}
