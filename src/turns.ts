import { setImmediate as nextTurn } from 'node:timers/promises'

/** How long work may hold the event loop before others get their turn, in milliseconds. */
const LONGEST_MS = 15

/** Long work in steps: others get their turn by the time that the steps took, not by their number. */
export class Turns {
  readonly #clock: () => number
  #since: number

  constructor(clock: () => number = () => performance.now()) {
    this.#clock = clock
    this.#since = clock()
  }

  /** Between two steps: lets others go first, where the steps since they last could took long. */
  async giveWay(): Promise<void> {
    if (this.#clock() - this.#since < LONGEST_MS) return
    await nextTurn()
    this.#since = this.#clock()
  }
}

/** What is made of each item, one after the other, with turns for others in between. */
export async function mapInTurns<Item, Made>(
  items: readonly Item[],
  make: (item: Item) => Made,
  turns = new Turns()
): Promise<Made[]> {
  const made: Made[] = []
  for (const item of items) {
    made.push(make(item))
    await turns.giveWay()
  }
  return made
}
