import fc from 'fast-check'
import t from 'tap'

import { decodeXml } from '../../src/adf/adf-decoding.ts'
import { parseXml } from '../../src/adf/adf-xml.ts'
import { adf } from '../../src/inbound/adf.ts'
import { documents } from './documents.ts'

const DEALER = { country: 'PL', currency: 'PLN', timeZone: 'Europe/Warsaw' }
/** `MUTATIONS=20000` in the environment: so many. */
const RUNS = Number(process.env.MUTATIONS ?? 2000)
const NOISE = [
  '&',
  '&nbsp',
  '&#11;',
  '&#0;',
  '&bogus;',
  '<',
  '>',
  ']]>',
  '<![CDATA[',
  '<!--',
  '"',
  '\u000b'
]

type Mutation = (bytes: Buffer, at: number, value: number) => Buffer

const splice = (bytes: Buffer, at: number, removed: number, added: Uint8Array) =>
  Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(at + removed)])

const MUTATIONS: Mutation[] = [
  (bytes, at, value) => splice(bytes, at, 1, Buffer.from([value])),
  (bytes, at, value) => splice(bytes, at, 1 + (value % 40), Buffer.alloc(0)),
  (bytes, at, value) => splice(bytes, at, 0, Buffer.from([value, value ^ 0x55])),
  (bytes, at) => bytes.subarray(0, at),
  (bytes, at, value) => splice(bytes, at, 0, Buffer.from(NOISE[value % NOISE.length] ?? '')),
  swapTags
]

/** The tag after a place and the one after that change places. */
function swapTags(bytes: Buffer, at: number): Buffer {
  const text = bytes.toString('latin1')
  const rest = text.slice(at).replace(/(<[^<>]+>)([^<>]*)(<[^<>]+>)/, '$3$2$1')
  return Buffer.from(text.slice(0, at) + rest, 'latin1')
}

const mutation = fc.tuple(
  fc.nat({ max: MUTATIONS.length - 1 }),
  fc.double({ min: 0, max: 1, noNaN: true }),
  fc.nat({ max: 255 })
)
const mutated = fc
  .tuple(
    fc.constantFrom(...Object.values(documents)),
    fc.array(mutation, { minLength: 1, maxLength: 4 })
  )
  .map(([document, mutations]) =>
    mutations.reduce<Buffer>((bytes, [kind, share, value]) => {
      const mutate = MUTATIONS[kind]
      return mutate ? mutate(bytes, Math.floor(share * bytes.length), value) : bytes
    }, Buffer.from(document))
  )

void t.test('mutated documents are each read, or kept as unreadable, and told', (t) => {
  let repaired = 0
  fc.assert(
    fc.property(mutated, (bytes) => {
      const parsed = adf.parse(adf.decode(bytes, undefined), DEALER)
      if ('fault' in parsed) {
        const isExpected =
          parsed.fault === 'unreadable' && /DOCTYPE|too|more than|is empty/.test(parsed.detail)
        if (!isExpected) throw new Error('a document was refused')
        return
      }
      if (parsed.contents.length === 0) throw new Error('a document was lost')
      const codes = parsed.contents.flatMap(({ unmapped }) => unmapped.map(({ code }) => code))
      if (!isWellFormed(bytes) && !codes.some((code) => code !== undefined)) {
        throw new Error('a repair was not told')
      }
      if (codes.length > 0) repaired += 1
    }),
    { numRuns: RUNS, seed: 20_261_129 }
  )
  t.ok(repaired > RUNS / 10, 'many needed repairs')
  t.end()
})

/**
 * Whether a strict parser reads it. Declarations and empty CDATA sections aside: they say nothing, and are
 * left out wherever they are.
 */
function isWellFormed(bytes: Buffer): boolean {
  try {
    parseXml(
      decodeXml(bytes)
        .text.replace(/<\?(?:xml|adf)[^<>]*\?>|<!\[CDATA\[\]\]>/gi, '')
        .trim()
    )
    return true
  } catch {
    return false
  }
}
