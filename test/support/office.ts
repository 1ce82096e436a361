import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A real spreadsheet program, where one is installed: tests that need it are skipped elsewhere. */
const OFFICE = process.env.SOFFICE ?? '/usr/bin/soffice'

/** As tap takes it. */
export const withOffice = existsSync(OFFICE) ? {} : { skip: 'no spreadsheet program here' }

/** Its first start makes a profile. */
const CONVERT_MS = 180_000

/** One cell as the program has it. */
export interface OfficeCell {
  type: string
  text: string
}

export interface OfficeSheet {
  cells: OfficeCell[][]
  formulas: number
}

/**
 * Opens a CSV as the program does by itself, or by these options, and answers what it made of it.
 */
export async function openInOffice(
  directory: string,
  csv: Buffer | string,
  options: string | null
): Promise<OfficeSheet> {
  return readFlatSheet((await convert(directory, csv, options, 'fods')).toString('utf8'))
}

/** Opens a CSV by these options, and answers the workbook that the program saves of it. */
export async function saveInOffice(
  directory: string,
  csv: Buffer | string,
  options: string
): Promise<Buffer> {
  return await convert(directory, csv, options, 'xlsx')
}

async function convert(
  directory: string,
  csv: Buffer | string,
  options: string | null,
  to: 'fods' | 'xlsx'
): Promise<Buffer> {
  const path = join(directory, 'export.csv')
  writeFileSync(path, csv)
  const profile = `-env:UserInstallation=file://${join(directory, 'profile')}`
  const filter = options === null ? [] : [`--infilter=Text - txt - csv (StarCalc):${options}`]
  const words = [profile, '--headless', ...filter, '--convert-to', to, '--outdir', directory]
  await promisify(execFile)(OFFICE, [...words, path], { timeout: CONVERT_MS })
  return readFileSync(join(directory, `export.${to}`))
}

const ROW = /<table:table-row\b[^>]*>(.*?)<\/table:table-row>/gs
const CELL = /<table:table-cell\b([^>]*?)(?:\/>|>(.*?)<\/table:table-cell>)/gs
const REPEATED = /table:number-columns-repeated="(\d+)"/

/** Empty cells at a row's end fill the sheet to its edge; they are left out. */
function readFlatSheet(document: string): OfficeSheet {
  const cells = [...document.matchAll(ROW)].map(([, row = '']) => {
    const found = [...row.matchAll(CELL)].flatMap(([, attributes = '', content = '']) => {
      const times = Math.min(Number(REPEATED.exec(attributes)?.[1] ?? 1), 200)
      const type = /office:value-type="(\w+)"/.exec(attributes)?.[1] ?? 'none'
      return Array.from({ length: times }, () => ({ type, text: textOf(content) }))
    })
    return found.slice(0, found.findLastIndex(({ type }) => type !== 'none') + 1)
  })
  return {
    cells: cells.filter((row) => row.length > 0),
    formulas: document.split('table:formula=').length - 1
  }
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function textOf(content: string): string {
  return [...content.matchAll(/<text:p[^>]*?(?:\/>|>(.*?)<\/text:p>)/gs)]
    .map(([, text = '']) =>
      text
        .replaceAll(/<text:s(?: text:c="(\d+)")?\/>/g, (_all, count?: string) =>
          ' '.repeat(Number(count ?? 1))
        )
        .replaceAll('<text:tab/>', '\t')
        .replaceAll(/<[^>]+>/g, '')
        .replaceAll(/&(\w+);/g, (all, name: string) => ENTITIES[name] ?? all)
        .replaceAll(/&#x([0-9A-F]+);/gi, (_all, code: string) =>
          String.fromCodePoint(Number.parseInt(code, 16))
        )
    )
    .join('\n')
}
