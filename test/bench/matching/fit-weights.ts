/** A pair of leads by the places of its features among the weights, and whether they are one person. */
export interface Example {
  features: readonly number[]
  isSame: boolean
}

/** How strongly weights are drawn to 0: `strengths` has one number a weight. */
interface FitOptions {
  strengths: readonly number[]
  epochs: number
  rate: number
}

/**
 * Fits a logistic regression by AdaGrad, examples in a seeded order. Weights are natural logarithms of odds; the
 * last one is the intercept. The same examples give the same weights.
 */
export function fitWeights(examples: readonly Example[], options: FitOptions): number[] {
  const { strengths, epochs, rate } = options
  const size = strengths.length + 1
  const [weights, squares] = [new Float64Array(size), new Float64Array(size).fill(1e-6)]
  const order = examples.map((_, place) => place)
  const draw = seeded(20261201)
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, draw)
    const pace = rate / (1 + (4 * epoch) / epochs)
    for (const place of order) {
      const example = examples[place]
      if (example === undefined) continue
      const { features, isSame } = example
      const error = sigmoid(scoreOf(weights, features)) - Number(isSame)
      for (const feature of features) {
        const pull = (strengths[feature] ?? 0) * (weights[feature] ?? 0)
        step(weights, squares, feature, error + pull, pace)
      }
      step(weights, squares, size - 1, error, pace)
    }
  }
  return [...weights]
}

function step(
  weights: Float64Array,
  squares: Float64Array,
  at: number,
  gradient: number,
  rate: number
): void {
  squares[at] = (squares[at] ?? 0) + gradient * gradient
  weights[at] = (weights[at] ?? 0) - (rate * gradient) / Math.sqrt(squares[at] ?? 1)
}

function scoreOf(weights: Float64Array, features: readonly number[]): number {
  let sum = weights[weights.length - 1] ?? 0
  for (const feature of features) sum += weights[feature] ?? 0
  return sum
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

function shuffle(places: number[], draw: () => number): void {
  for (let at = places.length - 1; at > 0; at -= 1) {
    const other = Math.floor(draw() * (at + 1))
    const [one = 0, two = 0] = [places[at], places[other]]
    places[at] = two
    places[other] = one
  }
}

/** Numbers from 0 to 1 in an order that the seed decides (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
