import { fold } from '../text/fold.ts'

/** How many words of a company's name are compared. */
const MAX_WORDS = 4

/** The words of a company's name without legal forms, sorted, or an empty list. */
export function companyForm(name: string | null): string[] {
  if (name === null || name === '') return []
  const words = fold(name)
    .replace(/\bs\.? ?([lac])\.? ?(u)?(?= |$)/g, '')
    .split(' ')
    .filter((word) => word.length > 1 && !LEGAL.has(word))
  return [...new Set(words)].toSorted().slice(0, MAX_WORDS)
}

/** Legal forms and other words that many companies share. */
const LEGAL: ReadonlySet<string> = new Set(
  (
    'sa sl slu sau sc scp slp sll ltd limited plc llp llc inc corp co company and the sp zoo oo spj spk sj sk phu pphu ' +
    'phup fhu ppuh pphiu firma handlowa uslugowa przedsiebiorstwo produkcyjno handlowo uslugowe gmbh ag kg ug ohg y e hijos grupo group'
  ).split(' ')
)
