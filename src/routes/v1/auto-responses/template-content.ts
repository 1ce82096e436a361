import { factsIn } from '../../../mail/write-template.ts'
import { exampleContext } from '../../../domain/auto-responses/example-context.ts'
import { TEMPLATE_LIMITS } from '../../../domain/auto-responses/template.ts'
import type { TemplateContent } from '../../../domain/auto-responses/template.ts'
import type { Dealer } from '../../../domain/dealers/dealer.ts'
import { checkWording } from '../../../liquid/check-template.ts'
import type { FieldError } from '../../../http/problems.ts'

/** The faults of the changed languages of a template, each with its part. */
export async function findTemplateFaults(
  { languages }: TemplateContent,
  changed: readonly string[],
  { dealer, now, publicUrl, at = '' }: CheckOptions
): Promise<FieldError[]> {
  const names = Object.keys(languages)
  const faults: FieldError[] = []
  if (names.length === 0) faults.push({ pointer: `${at}/languages`, message: 'must not be empty' })
  if (names.length > TEMPLATE_LIMITS.languages) {
    const message = `must not have more than ${TEMPLATE_LIMITS.languages} members`
    faults.push({ pointer: `${at}/languages`, message })
  }
  const context = { ...exampleContext(dealer, { now, publicUrl }), dealer }
  for (const [language, wording] of Object.entries(languages)) {
    if (!changed.includes(language)) continue
    const pointer = `${at}/languages/${language}`
    const known = canonical(language)
    if (known !== language) {
      const message = known === null ? 'is no language' : `is written ${known}`
      faults.push({ pointer, message })
      continue
    }
    const found = await checkWording(wording, factsIn(language, context))
    faults.push(...found.map(({ part, message }) => ({ pointer: `${pointer}/${part}`, message })))
  }
  return faults
}

interface CheckOptions {
  dealer: Dealer
  now: Date
  publicUrl: string
  /** The pointer of the content in the request; by default the whole request. */
  at?: string
}

/** One language has one name: else the same could be there twice. */
function canonical(language: string): string | null {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? null
  } catch {
    return null
  }
}
