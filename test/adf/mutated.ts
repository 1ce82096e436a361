import fc from 'fast-check'

import { decodeText } from '../../src/decoding/decode-text.ts'
import { parseXml } from '../../src/adf/adf-xml.ts'

/** Damage as it happens to documents on their way: a few per document, in any place. */

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

/** One of the documents, with one to four pieces of damage. */
export function mutatedOf(documents: readonly string[]): fc.Arbitrary<Buffer> {
  return fc
    .tuple(fc.constantFrom(...documents), fc.array(mutation, { minLength: 1, maxLength: 4 }))
    .map(([document, mutations]) =>
      mutations.reduce<Buffer>((bytes, [kind, share, value]) => {
        const mutate = MUTATIONS[kind]
        return mutate ? mutate(bytes, Math.floor(share * bytes.length), value) : bytes
      }, Buffer.from(document))
    )
}

/**
 * Whether a strict parser reads it. Declarations and empty CDATA sections aside: they say nothing, and are
 * left out wherever they are.
 */
export function isWellFormed(bytes: Buffer): boolean {
  try {
    parseXml(
      decodeText(bytes)
        .text.replace(/<\?(?:xml|adf)[^<>]*\?>|<!\[CDATA\[\]\]>/gi, '')
        .trim()
    )
    return true
  } catch {
    return false
  }
}
