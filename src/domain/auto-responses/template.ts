/** The texts of a mail in one language, in Liquid. */
export interface TemplateWording {
  subject: string
  text: string
  /** Null: the mail has a text part only. */
  html: string | null
}

/** By BCP 47 language, such as `en` or `pt-BR`. */
export interface TemplateContent {
  languages: Record<string, TemplateWording>
}

/** A mail that a dealer words itself. */
export interface Template {
  id: string
  name: string
  content: TemplateContent
  version: number
  createdAt: Date
  updatedAt: Date
}

/** How much a dealer may write, in characters. */
export const TEMPLATE_LIMITS = {
  languages: 20,
  subject: 300,
  text: 20_000,
  html: 100_000
} as const

/**
 * The wording for a reader of these languages, the best first: in the language itself, else in one
 * with the same base (`pt` for `pt-BR`, and the other way round), else in any.
 */
export function chooseWording(
  { languages }: TemplateContent,
  wanted: readonly (string | null)[]
): { language: string; wording: TemplateWording } {
  const known = Object.keys(languages).toSorted()
  const found =
    wanted.map((language) => language && findLanguage(known, language)).find(isText) ?? known[0]
  const wording = found === undefined ? undefined : languages[found]
  if (found === undefined || !wording) throw new Error('a template without a language')
  return { language: found, wording }
}

function findLanguage(known: readonly string[], language: string): string | undefined {
  const wanted = language.toLowerCase()
  const base = baseOf(wanted)
  return (
    known.find((one) => one.toLowerCase() === wanted) ??
    known.find((one) => one.toLowerCase() === base) ??
    known.find((one) => baseOf(one.toLowerCase()) === base)
  )
}

function baseOf(language: string): string {
  return language.split('-')[0] ?? language
}

function isText(text: string | null | undefined): text is string {
  return typeof text === 'string' && text !== ''
}

/** A mail rendered from a template. */
export interface WrittenTemplate {
  language: string
  subject: string
  text: string
  html: string | null
}
