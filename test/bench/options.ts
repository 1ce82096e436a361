/** The parts of `npm run bench`, in the order they run. */
export const PARTS = [
  'page',
  'one',
  'capture',
  'deliveries',
  'reports',
  'growth',
  'sustain',
  'lookup',
  'adf'
] as const
export type Part = (typeof PARTS)[number]
/** Those that share one database. */
export type HttpPart = 'page' | 'one' | 'capture'

/** Those that run where none is named. */
const DEFAULT_PARTS: readonly Part[] = ['page', 'one', 'capture', 'deliveries', 'reports']

/** The options, and what each says. All are numbers but those of TEXTS; parts have own defaults. */
const NUMBERS = {
  leads: 'leads in the database (1000000; deliveries, sustain 20000)',
  clients: 'clients in the database (100000; lookup at the last size, 1000000)',
  dealers: 'dealers (200; growth 1000; deliveries, sustain 20)',
  seconds: 'of one round (8; sustain 600)',
  rounds: 'taken in turns (3; growth 3)',
  requests:
    'page and capture: requests to send instead of rounds, for memory; growth: of one round (1000)',
  captures: 'deliveries: leads captured a round (2000)',
  rate: 'sustain: captures a second (60)',
  from: 'growth: leads at the first size beside 10000 (100000)',
  to: 'growth: leads at the last size (1000000)',
  size: 'adf: bytes of a document (1000000)',
  limit: 'adf: milliseconds (50)'
}
const TEXTS = {
  connections: 'of the load generator, several with commas (16)',
  baseline: 'capture: func or trips (func)',
  only: 'adf: a word of the names of documents'
}

export interface BenchOptions {
  number: (name: keyof typeof NUMBERS, fallback: number) => number
  text: (name: keyof typeof TEXTS, fallback: string) => string
}

export interface BenchCommand {
  parts: Part[]
  options: BenchOptions
}

/** Reads `parts… --name value…`; throws an error that says what is wrong and what there is. */
export function readCommand(words: readonly string[]): BenchCommand {
  const parts: Part[] = []
  const given = new Map<string, string>()
  const left = [...words]
  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    const part = PARTS.find((name) => name === word)
    if (part !== undefined) parts.push(part)
    else if (word.startsWith('--')) given.set(...readOption(word.slice(2), left.shift()))
    else throw new Error(`${word}: not a part\n${USAGE}`)
  }
  return {
    // Reads come first, so that captures do not add to what is read.
    parts: PARTS.filter((part) => (parts.length > 0 ? parts : DEFAULT_PARTS).includes(part)),
    options: {
      number: (name, fallback) => Number(given.get(name) ?? fallback),
      text: (name, fallback) => given.get(name) ?? fallback
    }
  }
}

function readOption(name: string, value: string | undefined): [string, string] {
  if (!(name in NUMBERS || name in TEXTS)) throw new Error(`--${name}: not an option\n${USAGE}`)
  if (value === undefined) throw new Error(`--${name}: its value is missing`)
  if (name in NUMBERS && !(Number(value) > 0)) throw new Error(`--${name}: not a number above 0`)
  return [name, value]
}

/** Reads `16,64`. */
export function readConnections(options: BenchOptions): number[] {
  const connections = options.text('connections', '16').split(',').map(Number)
  if (connections.every((count) => Number.isInteger(count) && count > 0)) return connections
  throw new Error('--connections: not whole numbers above 0')
}

const USAGE = [
  `npm run bench -- [${PARTS.join('|')}]… [--option value]…`,
  ...Object.entries({ ...NUMBERS, ...TEXTS }).map(
    ([name, meaning]) => `  --${name.padEnd(12)} ${meaning}`
  )
].join('\n')
