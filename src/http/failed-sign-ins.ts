import { problems } from './problems.ts'

/** Tries in a window before the response is 429: of one account, and of one address. */
const ACCOUNT_TRIES = 10
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
 * thousand at the same moment are a thousand. A right password takes back what its account had.
 */
export class FailedSignIns {
  readonly #accounts = new Map<string, Tries>()
  readonly #addresses = new Map<string, Tries>()
  readonly #now: () => Date

  constructor(now: () => Date) {
    this.#now = now
  }

  /** Counts a try, or throws where there have been too many, known account or not. */
  begin(account: string, address: string): void {
    const now = this.#now().getTime()
    const wait = Math.max(
      begin(this.#addresses, address, ADDRESS_TRIES, now),
      begin(this.#accounts, account, ACCOUNT_TRIES, now)
    )
    if (wait > 0) {
      throw problems.rateLimited('Too many sign-ins have failed; try again later.', wait / 1000)
    }
  }

  succeed(account: string, address: string): void {
    this.#accounts.delete(account)
    const tries = this.#addresses.get(address)
    if (tries) tries.count = Math.max(0, tries.count - 1)
  }
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
