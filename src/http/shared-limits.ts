import type { Database } from '../database/client.ts'
import { hashSecret } from '../security/credentials.ts'

/** What a process has of a window: how many it may still count without asking. */
interface Share {
  left: number
  /** What all processes have taken together, as of the last question. */
  taken: number
  endsAt: number
  /** The question that is under way. */
  asked: Promise<void> | null
}

/** A process takes so many parts of a limit: more makes fewer questions, and leaves more unused. */
const PARTS = 20

/** The keys that are remembered; the one that came first is forgotten first. */
const MOST_KEYS = 20_000

interface Counted {
  current: number
  ttl: number
}

/**
 * Counts requests for `@fastify/rate-limit`, for all processes on one database together: ten processes don't
 * give ten times the limit. A process takes a part of a window from PostgreSQL, and counts that by itself.
 * While PostgreSQL does not respond, each process counts alone.
 */
export class SharedLimits {
  readonly #db: Database
  readonly #shares = new Map<string, Share>()

  constructor(db: Database) {
    this.#db = db
  }

  /** As the plugin calls it: `ttl` is milliseconds until the window ends. */
  incr(
    key: string,
    done: (error: Error | null, counted?: Counted) => void,
    windowMs: number,
    most: number
  ): void {
    const share = this.#present(key)
    if (share && (share.left > 0 || share.taken >= most)) {
      done(null, count(share))
      return
    }
    this.#take(key, most, windowMs).then(
      (counted) => {
        done(null, counted)
      },
      (error: unknown) => {
        done(error as Error)
      }
    )
  }

  /** Routes with limits of their own count with the others. */
  child(): this {
    return this
  }

  #present(key: string): Share | null {
    const share = this.#shares.get(key)
    return share && share.endsAt > performance.now() ? share : null
  }

  /** Asks until there is one to take, or none is left: others may take the share that was asked for. */
  async #take(key: string, most: number, windowMs: number): Promise<Counted> {
    for (;;) {
      const share = this.#present(key) ?? this.#begin(key)
      if (share.left > 0 || share.taken >= most) return count(share)
      share.asked ??= this.#ask(key, share, { most, windowMs })
      await share.asked
      // What was just asked for counts, even where its window has ended meanwhile.
      if (share.left > 0 || share.taken >= most) return count(share)
    }
  }

  #begin(key: string): Share {
    const [first = ''] = this.#shares.keys()
    if (this.#shares.size >= MOST_KEYS) this.#shares.delete(first)
    const share = { left: 0, taken: 0, endsAt: Number.POSITIVE_INFINITY, asked: null }
    this.#shares.set(key, share)
    return share
  }

  async #ask(
    key: string,
    share: Share,
    { most, windowMs }: { most: number; windowMs: number }
  ): Promise<void> {
    const ask = Math.max(1, Math.floor(most / PARTS))
    const seconds = Math.ceil(windowMs / 1000)
    const taken = await this.#db
      .takeCounted(hashSecret(`requests ${key}`), { ask, most, seconds })
      .catch(() => ({ granted: most - share.taken, taken: most, leftMs: windowMs }))
    share.left = taken.granted
    share.taken = taken.taken
    share.endsAt = performance.now() + taken.leftMs
    share.asked = null
  }
}

/** Counts one: within the limit, as long as the share lasts. */
function count(share: Share): Counted {
  const isWithin = share.left > 0
  if (isWithin) share.left -= 1
  const ttl = Math.max(0, share.endsAt - performance.now())
  return { current: isWithin ? share.taken - share.left : share.taken + 1, ttl }
}
