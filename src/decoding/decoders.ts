import iconv from 'iconv-lite'

/** Text from pieces of bytes. */
export interface Decoder {
  decode: (piece: Uint8Array) => string
  /** What is open at the end. */
  end: () => string
}

/** Encodings of DOS and of old Macs that WHATWG has no names for, by ours and by what they are called too. */
const OLD_ENCODINGS: Readonly<Record<string, readonly string[]>> = {
  cp437: ['cp437', 'ibm437', '437', 'dos-us'],
  cp850: ['cp850', 'ibm850', '850', 'dos-latin1'],
  cp852: ['cp852', 'ibm852', '852', 'dos-latin2'],
  'mac-central-europe': [
    'mac-central-europe',
    'mac-ce',
    'x-mac-ce',
    'x-mac-centraleurroman',
    'maccenteuro'
  ],
  macintosh: ['mac-roman', 'macroman']
}

/** The names under which iconv-lite has them. */
const ICONV_NAMES: Readonly<Record<string, string>> = {
  cp437: 'cp437',
  cp850: 'cp850',
  cp852: 'cp852',
  'mac-central-europe': 'maccenteuro'
}

/** The name of an encoding as it is used here, or null: it is unknown. */
export function encodingName(given: string): string | null {
  const name = given.toLowerCase()
  const old = Object.entries(OLD_ENCODINGS).find(([, names]) => names.includes(name))
  if (old) return old[0]
  return isWhatwg(name) ? name : null
}

/** A decoder of an encoding by its name here. */
export function createDecoder(encoding: string): Decoder {
  const old = ICONV_NAMES[encoding]
  if (old !== undefined) {
    const decoder = iconv.getDecoder(old)
    return {
      decode: (piece) => decoder.write(Buffer.from(piece)),
      end: () => decoder.end() ?? ''
    }
  }
  const decoder = new TextDecoder(encoding)
  return { decode: (piece) => decoder.decode(piece, { stream: true }), end: () => decoder.decode() }
}

/** All of a sample at once. */
export function decodeAll(sample: Uint8Array, encoding: string): string {
  const { decode, end } = createDecoder(encoding)
  return decode(sample) + end()
}

function isWhatwg(name: string): boolean {
  try {
    new TextDecoder(name)
    return true
  } catch {
    return false
  }
}
