/**
 * Decodes bytes by the name of an encoding, or throws a `TypeError` where `isStrict` and they are none of it.
 *
 * In two steps: in one, Node.js takes windows-1252 for ISO 8859-1 and makes controls of dashes and quotes.
 */
export function decodeBytes(bytes: Uint8Array, encoding: string, isStrict = false): string {
  const decoder = new TextDecoder(encoding, { fatal: isStrict })
  return decoder.decode(bytes, { stream: true }) + decoder.decode()
}
