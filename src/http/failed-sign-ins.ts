import type { Database } from '../database/client.ts'
import { hashSecret } from '../security/credentials.ts'
import { problems } from './problems.ts'

/** Tries in a window before the response is 429: of one account from one address, from all, and of one address. */
const PAIR_TRIES = 10
const ACCOUNT_TRIES = 50
const ADDRESS_TRIES = 100
const WINDOW_SECONDS = 15 * 60
/** The oldest is forgotten first. */
const REMEMBERED_MOST = 20_000

/** What counts for all processes together; `Database` does. */
type Counter = Pick<Database, 'takeCounted' | 'giveCounted'>

/**
 * Counts tries at passwords, so that they can't be guessed in number, by all processes on one database
 * together. A try counts when it begins: a thousand at the same moment are a thousand. A right password takes
 * back what its account had from there.
 *
 * Wrong passwords from elsewhere don't lock users out of the addresses from which they signed in before:
 * the tries of an account from all addresses do not count there, in a process that has seen such a sign-in.
 */
export class FailedSignIns {
  readonly #counter: Counter
  /** Accounts with the addresses from which they signed in. */
  readonly #known = new Set<string>()

  constructor(counter: Counter) {
    this.#counter = counter
  }

  /** Counts a try, or throws where there have been too many, known account or not. */
  async begin(account: string, address: string): Promise<void> {
    const isKnown = this.#known.has(pairOf(account, address))
    const waits = [
      await this.#count(addressKey(address), ADDRESS_TRIES),
      await this.#count(pairKey(account, address), PAIR_TRIES),
      isKnown ? 0 : await this.#count(accountKey(account), ACCOUNT_TRIES)
    ]
    const wait = Math.max(...waits)
    if (wait > 0) {
      throw problems.rateLimited('Too many sign-ins have failed; try again later.', wait / 1000)
    }
  }

  async succeed(account: string, address: string): Promise<void> {
    await this.#counter.giveCounted(pairKey(account, address), PAIR_TRIES)
    await this.#counter.giveCounted(accountKey(account), 1)
    await this.#counter.giveCounted(addressKey(address), 1)
    remember(this.#known, pairOf(account, address))
  }

  /** Milliseconds to wait, or 0: go on, this try is counted. */
  async #count(key: string, most: number): Promise<number> {
    const tries = { ask: 1, most, seconds: WINDOW_SECONDS }
    const { granted, leftMs } = await this.#counter.takeCounted(key, tries)
    return granted > 0 ? 0 : leftMs
  }
}

const pairOf = (account: string, address: string) => `${account} ${address}`
const pairKey = (account: string, address: string) =>
  hashSecret(`sign-ins of ${account} from ${address}`)
const accountKey = (account: string) => hashSecret(`sign-ins of ${account}`)
const addressKey = (address: string) => hashSecret(`sign-ins from ${address}`)

/** The one that was used longest ago is forgotten first. */
function remember(all: Set<string>, key: string): void {
  all.delete(key)
  const [oldest] = all
  if (all.size >= REMEMBERED_MOST && oldest !== undefined) all.delete(oldest)
  all.add(key)
}
