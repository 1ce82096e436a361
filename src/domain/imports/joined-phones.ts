import { withCodes, withExtension } from '../contacts/phone-codes.ts'
import { phoneOf } from './qualified-names.ts'
import type { CodeColumn } from './qualified-names.ts'

type CodeKind = CodeColumn['kind']

/** A field of a form or a column of a file, by its name and place. */
interface Placed {
  name: string
  place: number
}

interface PlacedCode extends Placed {
  kind: CodeKind
}

/** The code of a phone, with the name of the field or column that has it. */
export interface GivenCode {
  kind: CodeKind
  name: string
  text: string
}

/**
 * The number that each code beside it belongs to: of those that the name says the nearest one, first the one
 * behind the code, or before an extension. Null: the only code of a country is that of each number.
 */
export function codeOwners<Code extends PlacedCode, Phone extends Placed>(
  codes: readonly Code[],
  phones: readonly Phone[]
): Map<Code, Phone | null> {
  const countries = codes.filter(({ kind }) => kind === 'country')
  const owners = new Map<Code, Phone | null>()
  for (const code of codes) {
    const isOfEach = code.kind === 'country' && countries.length === 1
    const owner = isOfEach ? null : ownerOf(code, phones)
    if (owner !== undefined) owners.set(code, owner)
  }
  return owners
}

function ownerOf<Phone extends Placed>(
  code: PlacedCode,
  phones: readonly Phone[]
): Phone | undefined {
  const named = phones.filter(({ name }) => phoneOf(name) === phoneOf(code.name))
  const possible = named.length > 0 ? named : phones
  const behind = possible.find(({ place }) => place > code.place)
  const before = possible.findLast(({ place }) => place < code.place)
  return code.kind === 'extension' ? (before ?? behind) : (behind ?? before)
}

/** A number with the codes that were given beside it. */
export function joinedNumber(number: string, codes: readonly GivenCode[]): string {
  const codeOf = (kind: CodeKind) => codes.find((code) => code.kind === kind)
  const whole = withCodes(number, { country: codeOf('country')?.text, area: codeOf('area')?.text })
  const extension = codeOf('extension')
  if (!extension) return whole
  return withExtension(whole, extension.text, DIALLED.test(extension.name))
}

const DIALLED = /durchwahl|^dw$/i
