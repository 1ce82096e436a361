import type { Database } from '../database/client.ts'
import { hashSecret } from '../security/credentials.ts'
import { problems } from './problems.ts'

/** Tries in a window before the response is 429: of one account from one address, from all, and of one address. */
const PAIR_TRIES = 10
const ACCOUNT_TRIES = 50
const ADDRESS_TRIES = 100
const WINDOW_SECONDS = 15 * 60
/** How long an address counts as one from which an account signed in. */
const KNOWN_SECONDS = 20 * 86_400

/** What counts for all processes together; `Database` does. */
type Counter = Pick<Database, 'takeCounted' | 'giveCounted'>

/**
 * Counts tries at passwords, so that they can't be guessed in number, by all processes on one database
 * together. A try counts when it begins: a thousand at the same moment are a thousand. A right password takes
 * back what its account had from there.
 *
 * Wrong passwords from elsewhere don't lock users out of the addresses from which they signed in before:
 * the tries of an account from all addresses do not count there.
 */
export class FailedSignIns {
  readonly #counter: Counter

  constructor(counter: Counter) {
    this.#counter = counter
  }

  /** Counts a try, or throws where there have been too many, known account or not. */
  async begin(account: string, address: string): Promise<void> {
    const isKnown = await this.#isKnown(account, address)
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
    await this.#counter.takeCounted(knownKey(account, address), {
      ask: 1,
      most: 1,
      seconds: KNOWN_SECONDS
    })
  }

  /** Whether the account signed in from there. A window of no length asks, and leaves none. */
  async #isKnown(account: string, address: string): Promise<boolean> {
    const asked = { ask: 0, most: 1, seconds: 0 }
    const { taken } = await this.#counter.takeCounted(knownKey(account, address), asked)
    return taken > 0
  }

  /** Milliseconds to wait, or 0: go on, this try is counted. */
  async #count(key: string, most: number): Promise<number> {
    const tries = { ask: 1, most, seconds: WINDOW_SECONDS }
    const { granted, leftMs } = await this.#counter.takeCounted(key, tries)
    return granted > 0 ? 0 : leftMs
  }
}

const pairKey = (account: string, address: string) =>
  hashSecret(`sign-ins of ${account} from ${address}`)
const accountKey = (account: string) => hashSecret(`sign-ins of ${account}`)
const knownKey = (account: string, address: string) =>
  hashSecret(`signed in as ${account} from ${address}`)
const addressKey = (address: string) => hashSecret(`sign-ins from ${address}`)
