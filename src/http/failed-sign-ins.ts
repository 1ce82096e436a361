import { problems } from './problems.ts'

/** Tries in a window before the response is 429: of one account from one address, from all, and of one address. */
const PAIR_TRIES = 10
const ACCOUNT_TRIES = 50
const ADDRESS_TRIES = 100
const WINDOW_MS = 15 * 60_000
/** Of each kind; the oldest is forgotten first. */
const REMEMBERED_MOST = 20_000

interface Tries {
  count: number
  until: number
}

/**
 * Counts tries at passwords, so that they can't be guessed in number. A try counts when it begins: a
 * thousand at the same moment are a thousand. A right password takes back what its account had from there.
 *
 * Wrong passwords from elsewhere don't lock users out of the addresses from which they signed in before:
 * the tries of an account from all addresses do not count there.
 */
export class FailedSignIns {
  readonly #pairs = new Map<string, Tries>()
  readonly #accounts = new Map<string, Tries>()
  /** Accounts with the addresses from which they signed in. */
  readonly #known = new Set<string>()
  readonly #addresses = new Map<string, Tries>()
  readonly #now: () => Date

  constructor(now: () => Date) {
    this.#now = now
  }

  /** Counts a try, or throws where there have been too many, known account or not. */
  begin(account: string, address: string): void {
    const now = this.#now().getTime()
    const pair = `${account} ${address}`
    const wait = Math.max(
      begin(this.#addresses, address, ADDRESS_TRIES, now),
      begin(this.#pairs, pair, PAIR_TRIES, now),
      this.#known.has(pair) ? 0 : begin(this.#accounts, account, ACCOUNT_TRIES, now)
    )
    if (wait > 0) {
      throw problems.rateLimited('Too many sign-ins have failed; try again later.', wait / 1000)
    }
  }

  succeed(account: string, address: string): void {
    const pair = `${account} ${address}`
    this.#pairs.delete(pair)
    takeBack(this.#accounts, account)
    remember(this.#known, pair)
    takeBack(this.#addresses, address)
  }
}

function takeBack(all: Map<string, Tries>, key: string): void {
  const tries = all.get(key)
  if (tries) tries.count = Math.max(0, tries.count - 1)
}

/** The one that was used longest ago is forgotten first. */
function remember(all: Set<string>, key: string): void {
  all.delete(key)
  const [oldest] = all
  if (all.size >= REMEMBERED_MOST && oldest !== undefined) all.delete(oldest)
  all.add(key)
}

/** Milliseconds to wait, or 0: go on, this try is counted. */
function begin(all: Map<string, Tries>, key: string, most: number, now: number): number {
  const known = all.get(key)
  if (known && known.until > now) {
    if (known.count >= most) return known.until - now
    known.count++
    return 0
  }
  all.delete(key)
  const [oldest] = all.keys()
  if (all.size >= REMEMBERED_MOST && oldest !== undefined) all.delete(oldest)
  all.set(key, { count: 1, until: now + WINDOW_MS })
  return 0
}
