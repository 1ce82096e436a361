import type { Dealer } from '../../domain/dealers/dealer.ts'
import { inertLine } from '../inert-text.ts'

/** A sentence of ours with the dealer's name where it says `{dealer}`. */
export function naming({ name }: Dealer, sentence: string): string {
  // A function as replacement, because `$&` in a name would be read as a pattern.
  return sentence.replace('{dealer}', () => inertLine(name))
}
