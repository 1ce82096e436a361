/** The codes of a list of reasons. */
export function codesOf<Code extends string>(reasons: Readonly<Record<Code, unknown>>): Code[] {
  return Object.keys(reasons) as Code[]
}
