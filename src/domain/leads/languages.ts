import { fold } from '../text/fold.ts'

const TAG = /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,4}$/i

/** No name of a language is longer. */
const MAX_LENGTH = 40

/** Languages that people name in a form; the names are those of the runtime. */
const NAMED = (
  'ar az be bg bn bs ca cs da de el en es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka kk ko lt lv mk ' +
  'mt nl no pl pt ro ru sk sl sq sr sv th tr uk ur uz vi zh'
).split(' ')

/** The languages whose names are known, beside the name of each language in itself. */
const NAME_LANGUAGES = ['en', 'es', 'pl', 'de', 'fr']

let tagsByName: Map<string, string> | null = null

/** The BCP 47 tag of a tag (`pl`, `pl_PL`, `pl_PL.UTF-8`) or of a name (`Polish`, `polski`), or null. */
export function readLanguage(text: string): string | null {
  if (text.length > MAX_LENGTH) return null
  const [written = ''] = text.trim().replaceAll('_', '-').split('.')
  if (TAG.test(written)) return canonicalTag(written)
  tagsByName ??= readNames()
  return tagsByName.get(fold(text)) ?? null
}

function canonicalTag(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null
  } catch {
    return null
  }
}

function readNames(): Map<string, string> {
  const names = new Map<string, string>()
  for (const tag of NAMED) {
    for (const language of [...NAME_LANGUAGES, tag]) {
      const name = new Intl.DisplayNames([language], { type: 'language', fallback: 'none' }).of(tag)
      if (name !== undefined) names.set(fold(name), tag)
    }
  }
  return names
}
