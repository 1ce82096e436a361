import { DEFAULT_QUEUE_NAME } from '../domain/access/user.ts'
import { LOCALES } from '../domain/dealers/dealer.ts'
import { DEFAULT_SOURCES } from '../domain/dealers/source.ts'
import { DEFAULT_STATUS_REASONS } from '../domain/dealers/status-reason.ts'
import type { NamedNoun } from '../domain/named.ts'
import { wordingFor } from '../mail/wording/wording.ts'
import { ACTIVITY_WORDINGS } from '../wording/activities.ts'
import { FIRST_NAMES } from '../wording/first-names.ts'

/**
 * Words as readers of each language see them, in mails and on pages, and what they stand for. A filter
 * takes them, too: what a person reads is what they type.
 */

type Shown = ReadonlyMap<string, ReadonlySet<string>>

/** Words with what each stands for, in any case. */
function shown(pairs: readonly (readonly [word: string, meant: string])[]): Shown {
  const found = new Map<string, Set<string>>()
  for (const [word, meant] of pairs) {
    const key = word.toLowerCase()
    found.set(key, (found.get(key) ?? new Set()).add(meant))
  }
  return found
}

/** The records that every dealer begins with, as they are stored. */
const NAMES: Partial<Record<NamedNoun, Shown>> = {
  status: shown(
    LOCALES.flatMap((locale) =>
      Object.entries(FIRST_NAMES[locale].statuses).map(([name, word]) => [word, name] as const)
    )
  ),
  source: shown(
    LOCALES.flatMap((locale) =>
      DEFAULT_SOURCES.map(({ key, name }) => [FIRST_NAMES[locale].sources[key], name] as const)
    )
  ),
  queue: shown(LOCALES.map((locale) => [FIRST_NAMES[locale].queue, DEFAULT_QUEUE_NAME])),
  statusReason: shown(
    LOCALES.flatMap((locale) =>
      DEFAULT_STATUS_REASONS.map(({ key, names }) => [names[locale], key] as const)
    )
  )
}

const NO_NAMES: ReadonlySet<string> = new Set()

/** How records may be stored that a word stands for; what the dealer renamed is not among them. */
export function storedNames(noun: NamedNoun, word: string): ReadonlySet<string> {
  return NAMES[noun]?.get(word.toLowerCase()) ?? NO_NAMES
}

/** The words of closed lists that readers see. */
const WORDS = shown(
  LOCALES.flatMap((locale) => {
    const { types, temperatures } = wordingFor(locale)
    const lists = [
      FIRST_NAMES[locale].statuses,
      types,
      temperatures,
      ACTIVITY_WORDINGS[locale].types,
      ACTIVITY_WORDINGS[locale].outcomes
    ]
    return lists.flatMap((list) =>
      Object.entries(list).map(([meant, word]: [string, string]) => [word, meant] as const)
    )
  })
)

/** The word of a closed list that a text is or stands for; undefined: none. */
export function knownWord<Word extends string>(
  text: string,
  known: readonly Word[]
): Word | undefined {
  const meant = WORDS.get(text.toLowerCase()) ?? NO_NAMES
  return known.find((word) => word === text) ?? known.find((word) => meant.has(word))
}
