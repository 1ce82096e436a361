import { existsSync, readFileSync, readdirSync } from 'node:fs'
import t from 'tap'
import { decodeText } from '../../../src/decoding/decode-text.ts'
import type { AdfErrorKind } from '../../../src/adf/adf-error.ts'
import { AdfError } from '../../../src/adf/adf-error.ts'
import { lead, read, readOne, render, validate } from '../../adf/documents.ts'

/** Published documents that may lie beside the checkout; they are no part of the project. */
const folder = new URL('../../../../shared/adf/samples/', import.meta.url)

const REFUSED: Record<string, AdfErrorKind> = {
  '044': 'doctype',
  '052': 'doctype'
}

void t.test(
  'published documents',
  { skip: existsSync(folder) ? false : 'no samples beside the checkout' },
  (t) => {
    const names = readdirSync(folder).filter((name) => /^\d/.test(name))
    t.ok(names.length > 20, `${names.length} documents`)
    for (const name of names) {
      const text = decodeText(readFileSync(new URL(name, folder))).text
      const kind = REFUSED[name.slice(0, 3)]
      if (kind) {
        t.equal(refusal(text), kind, name)
        continue
      }
      for (const content of read(text)) {
        const document = render(lead({ content }))
        validate(document)
        const after = readOne(document)
        // Blanks at the end of a line are left out of ADF, where one marks a folded line.
        const words = content.message?.replace(/[ \t]+$/gm, '') ?? null
        t.equal(after.message, words, `${name}: comments`)
        t.strictSame(after.timeframe, content.timeframe, `${name}: timeframe`)
        t.strictSame(after.vehicles, content.vehicles, `${name}: vehicles`)
        t.strictSame(
          [after.contact, content.contact].map(({ emails, phones, ...names }) => ({
            ...names,
            emails: emails.map(({ address }) => address),
            phones: phones.map(({ number, type, time }) => [number, type, time])
          }))[0],
          {
            ...content.contact,
            emails: content.contact.emails.map(({ address }) => address),
            phones: content.contact.phones.map(({ number, type, time }) => [number, type, time])
          },
          `${name}: person`
        )
      }
    }
    const repaired = readFileSync(new URL('057-rust-undeclared-nbsp-entity.txt', folder), 'utf8')
    t.equal(readOne(repaired).message, 'Jane & \u00a0 Co')
    t.end()
  }
)

function refusal(text: string): AdfErrorKind | null {
  try {
    read(text)
    return null
  } catch (error) {
    if (error instanceof AdfError) return error.kind
    throw error
  }
}
