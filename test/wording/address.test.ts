import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import t from 'tap'

/** The folders in which people are addressed: sentences of reasons, mails and pages. */
const FOLDERS = ['wording', 'mail/wording', 'routes/public']

/** A catalogue of one language in a file: a constant of its own, or a member of one of all languages. */
const CATALOGUES = {
  es: [/^(?:export )?const spanish[\s\S]*?^\}/m, /^ {2}es: [\s\S]*?(?=^ {2}pl: )/m],
  pl: [/^(?:export )?const polish[\s\S]*?^\}/m, /^ {2}pl: [\s\S]*?^\}/m]
}

/** The texts of a language: by file, what stands between quotation marks. */
async function textsOf(locale: keyof typeof CATALOGUES): Promise<Map<string, string[]>> {
  const source = fileURLToPath(new URL('../../src', import.meta.url))
  const texts = new Map<string, string[]>()
  for (const folder of FOLDERS) {
    for (const file of await readdir(join(source, folder))) {
      const code = await readFile(join(source, folder, file), 'utf8')
      const parts = CATALOGUES[locale].flatMap((form) => form.exec(code) ?? [])
      const quoted = parts.join('\n').match(/(?<=')[^'\n]+(?=')|(?<=`)[^`\n]+(?=`)/g)
      if (quoted) texts.set(`${folder}/${file}`, quoted)
    }
  }
  return texts
}

/** Forms by which Spanish says "tú": words, verbs, and imperatives that begin a sentence. */
const INFORMAL = [
  /(?<!\p{L})(?:tú|tus?|ti|te|tuy[oa]s?|contigo)(?!\p{L})/iu,
  /(?<!\p{L})(?:has|eres|estás|puedes|tienes|quieres|debes|ves|recibes|recomiendas|llevas|necesitas)(?!\p{L})/iu,
  /(?<!\p{L})(?:\p{L}+[ei]rás|\p{L}+arás|tendrás|podrás)(?!\p{L})/iu,
  /(?<!\p{L})(?!existe|consiste|asiste|insiste|persiste|triste|contraste)\p{L}{2,}(?:aste|iste)(?!\p{L})/iu,
  /[áéíóú]\p{L}{1,4}al[oa]s?(?!\p{L})/iu,
  /(?:^|[.:!?¡¿] )(?:Abre|Acepta|Comprueba|Corrige|Envía|Escribe|Espera|Guarda|Haz|Indica|Mira|Pide|Revisa|Usa|Vuelve)(?!\p{L})/u
]

void t.test('Spanish says usted to all', async (t) => {
  const texts = await textsOf('es')
  t.ok(texts.size >= 14, [...texts.keys()].join())
  for (const [file, sentences] of texts) {
    const informal = sentences.filter((text) => INFORMAL.some((form) => form.test(text)))
    t.strictSame(informal, [], file)
  }
  for (const text of [
    'Te ofrecen un lead',
    'Nuevo lead para ti',
    'Es lo que ofreciste',
    'Lo verás',
    'Guárdalo',
    'Listo. Envía un objeto'
  ]) {
    t.ok(
      INFORMAL.some((form) => form.test(text)),
      text
    )
  }
})

/** Of two words for one thing, the one that is not used; but for what means another thing. */
const OTHER_WORDS = {
  es: [/atrasad/i, /(?<!\p{L})fuente de (?!la campaña)|^fuente$/iu, /solicitud de v/i],
  pl: [
    /połącz(?!ono z innym)|odłącz/i,
    /aktywnoś/i,
    /opiekun(?!a)/i,
    /(?<!\p{L})pan(?:i|u|a|ią|om|stw\p{L}*)?(?!\p{L})/iu
  ]
}

void t.test('one thing has one word', async (t) => {
  for (const locale of ['es', 'pl'] as const) {
    for (const [file, sentences] of await textsOf(locale)) {
      const other = sentences.filter((text) => OTHER_WORDS[locale].some((word) => word.test(text)))
      t.strictSame(other, [], `${locale} ${file}`)
    }
  }
})
