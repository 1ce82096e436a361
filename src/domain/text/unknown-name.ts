/** The fault of a name that is none of the known ones, which it names. */
export function unknownName(fault: string, known: readonly string[]): string {
  return `${fault}. Known names: ${known.join(', ')}`
}
