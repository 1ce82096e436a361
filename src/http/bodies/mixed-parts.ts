import { readMultipart } from './multipart.ts'

/** So many parts of a mail are looked at. */
const MAX_PARTS = 20

/** One part of a mail, without the encoding for mails. */
export interface MixedPart {
  /** Empty in a mail; forms name their parts. */
  name: string
  mediaType: string
  contentType: string
  bytes: Buffer
}

/** Whether a body has parts as its type says, and is not a text under a wrong one. */
export function hasParts(bytes: Buffer, contentType: string): boolean {
  return readMultipart(bytes, contentType, 1, false) !== null
}

/** The parts of a body in `multipart/mixed`, `related` or `alternative`; one that ends without its boundary too. */
export function wholeParts(bytes: Buffer, contentType: string): MixedPart[] {
  const read = readMultipart(bytes, contentType, MAX_PARTS, false)
  const parts = [...(read?.parts ?? []), ...(read?.cut ? [read.cut] : [])]
  return parts.map(({ name, mediaType, charset, bytes: own }) => ({
    name,
    mediaType: mediaType.toLowerCase(),
    contentType: charset === undefined ? mediaType : `${mediaType}; charset=${charset}`,
    bytes: own
  }))
}
