import { REMOVED, isCardNumber, isSecretName } from '../leads/secret-values.ts'
import { guessMapping } from './guess-mapping.ts'
import type { FileRow } from './import.ts'

/** Removes passwords and card numbers from the rows of a list before they are stored. */
export class SecretCells {
  readonly #columns: readonly string[]
  /** Whether a secret was removed so far. */
  hasRemoved = false
  /** By the place of the column: whether its name says that it holds secrets, or may hold them. */
  readonly #known: ('secret' | 'open' | 'mapped')[] = []

  /** `columns` may grow while the rows are read. */
  constructor(columns: readonly string[]) {
    this.#columns = columns
  }

  remove(row: FileRow): FileRow {
    const cells = row.cells.map((cell, place) => {
      if (cell === null || cell.trim() === '') return cell
      const kind = this.#kindOf(place)
      const isSecret = kind === 'secret' || (kind === 'open' && isCardNumber(cell.trim()))
      if (!isSecret) return cell
      this.hasRemoved = true
      return REMOVED
    })
    return { ...row, cells }
  }

  #kindOf(place: number): 'secret' | 'open' | 'mapped' {
    const name = this.#columns[place] ?? ''
    return (this.#known[place] ??= kindOf(name))
  }
}

function kindOf(name: string): 'secret' | 'open' | 'mapped' {
  if (isSecretName(name)) return 'secret'
  const [guess] = guessMapping([{ name, samples: [], dates: null }], 'leads', [])
  const isMapped = guess !== undefined && guess.field !== null
  // The ids of leads and advertisements are as long as the numbers of cards.
  if (/(?:^|[ _.-])id(?:[ _.-]|$)/i.test(name.replace(/([a-z])([A-Z])/g, '$1 $2').trim()))
    return 'mapped'
  return isMapped && guess.field !== 'externalId' ? 'mapped' : 'open'
}
