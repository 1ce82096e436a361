import iconv from 'iconv-lite'

/** Text from pieces of bytes. */
export interface Decoder {
  decode: (piece: Uint8Array) => string
  /** The rest of an incomplete character at the end. */
  end: () => string
}

/** Encodings that have no WHATWG name, those of DOS and old Macs and UTF-32, by our names and their other names. */
const OLD_ENCODINGS: Readonly<Record<string, readonly string[]>> = {
  cp437: ['cp437', 'ibm437', '437', 'dos-us'],
  cp850: ['cp850', 'ibm850', '850', 'dos-latin1'],
  cp852: ['cp852', 'ibm852', '852', 'dos-latin2'],
  cp860: ['cp860', 'ibm860', '860', 'dos-portuguese'],
  cp865: ['cp865', 'ibm865', '865', 'dos-nordic'],
  cp775: ['cp775', 'ibm775', '775', 'dos-baltic'],
  cp1125: ['cp1125', 'ibm1125', '1125', 'cp866u', 'ruscii'],
  'mac-romania': ['mac-romania', 'x-mac-romanian', 'macromania'],
  cp857: ['cp857', 'ibm857', '857', 'dos-turkish'],
  cp737: ['cp737', 'ibm737', '737', 'dos-greek'],
  'mac-greek': ['mac-greek', 'x-mac-greek', 'macgreek'],
  'mac-turkish': ['mac-turkish', 'x-mac-turkish', 'macturkish'],
  'mac-central-europe': [
    'mac-central-europe',
    'mac-ce',
    'x-mac-ce',
    'x-mac-centraleurroman',
    'maccenteuro'
  ],
  macintosh: ['mac-roman', 'macroman'],
  'utf-32le': ['utf-32le', 'utf32le', 'utf-32', 'utf32', 'ucs-4'],
  'utf-32be': ['utf-32be', 'utf32be']
}

/** Their names in iconv-lite. */
const ICONV_NAMES: Readonly<Record<string, string>> = {
  cp437: 'cp437',
  cp850: 'cp850',
  cp852: 'cp852',
  cp857: 'cp857',
  cp860: 'cp860',
  cp865: 'cp865',
  cp775: 'cp775',
  cp1125: 'cp1125',
  'mac-romania': 'macromania',
  cp737: 'cp737',
  'mac-greek': 'macgreek',
  'mac-turkish': 'macturkish',
  'mac-central-europe': 'maccenteuro',
  'utf-32le': 'utf-32le',
  'utf-32be': 'utf-32be'
}

/** Our name of an encoding; null: the encoding is unknown. */
export function encodingName(given: string): string | null {
  const name = given.toLowerCase()
  const old = Object.entries(OLD_ENCODINGS).find(([, names]) => names.includes(name))
  if (old) return old[0]
  return isWhatwg(name) ? name : null
}

/** The decoder of an encoding, by our name. */
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

/** The text of a whole sample. */
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
