import { StartError } from './start-error.ts'

/**
 * Refuses words after the program's name: all settings are environment variables, and a word that is passed over
 * would be a setting that silently does not apply.
 *
 * @param words What follows the program's name. A value after `=` may be a secret and is not repeated.
 */
export function refuseArguments(words: readonly string[]): void {
  const [first] = words
  if (first === undefined) return
  const name = first.replace(/=.*/s, '').slice(0, 60)
  throw new StartError(
    `${name} is not understood: the program takes no arguments. Settings are environment variables, see ` +
      'docs/operating.md'
  )
}
