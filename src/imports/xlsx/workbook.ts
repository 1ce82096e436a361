import { fileFault } from '../file-fault.ts'
import { PLAIN, numberKind } from './numbers.ts'
import type { NumberKind } from './numbers.ts'
import { relationsPath, resolvePart } from './package.ts'
import type { Package } from './package.ts'
import { attribute, readWholeXml } from './xml.ts'

/** The paths of the parts that contain the rows of a workbook. */
interface Workbook {
  sheetPath: string
  sharedStringsPath: string | null
  stylesPath: string | null
  /** Whether days are counted from 1904. */
  is1904: boolean
}

interface Sheet {
  name: string
  relation: string
  isVisible: boolean
}

interface Relation {
  id: string
  type: string
  target: string
}

/** Finds the requested sheet by its name or number; by default the first visible sheet. */
export async function readWorkbook(parts: Package, wanted: string | null): Promise<Workbook> {
  const path = await findWorkbook(parts)
  const { sheets, is1904 } = await readSheets(parts, path)
  const relations = await readRelations(parts, path)
  const pathOf = (relation: Relation | undefined) =>
    relation ? resolvePart(path, relation.target) : null
  const ofType = (type: string) =>
    relations.find((relation) => relation.type.endsWith(`/${type}`) && isThere(relation))
  const isThere = (relation: Relation) => parts.has(resolvePart(path, relation.target))
  const tables = sheets.filter(({ relation }) =>
    relations.some(({ id, type }) => id === relation && type.endsWith('/worksheet'))
  )
  const sheet = chooseSheet(tables, wanted)
  const sheetPath = pathOf(relations.find(({ id }) => id === sheet.relation))
  if (sheetPath === null) throw fileFault('workbook_without_sheet')
  return {
    sheetPath,
    sharedStringsPath: pathOf(ofType('sharedStrings')),
    stylesPath: pathOf(ofType('styles')),
    is1904
  }
}

function chooseSheet(sheets: readonly Sheet[], wanted: string | null): Sheet {
  if (wanted === null) {
    const first = sheets.find(({ isVisible }) => isVisible) ?? sheets[0]
    if (!first) throw fileFault('workbook_without_sheet')
    return first
  }
  const named = sheets.find(({ name }) => name.toLowerCase() === wanted.trim().toLowerCase())
  const found = named ?? sheets[Number(wanted) - 1]
  if (!found) throw fileFault('unknown_sheet')
  return found
}

async function findWorkbook(parts: Package): Promise<string> {
  if (!parts.has('_rels/.rels')) throw fileFault('not_xlsx')
  const relations = await readRelations(parts, '')
  const document = relations.find(({ type }) => type.endsWith('/officeDocument'))
  const path = document ? resolvePart('', document.target) : ''
  if (!parts.has(path) || !path.toLowerCase().endsWith('.xml')) {
    throw fileFault('not_xlsx')
  }
  return path
}

async function readRelations(parts: Package, part: string): Promise<Relation[]> {
  const path = part === '' ? '_rels/.rels' : relationsPath(part)
  const relations: Relation[] = []
  await readWholeXml(parts.read(path), {
    open: (name, attributes) => {
      const { Id: id, Type: type, Target: target } = attributes
      if (name !== 'Relationship' || attributes.TargetMode === 'External') return
      if (id !== undefined && type !== undefined && target !== undefined) {
        relations.push({ id, type, target })
      }
    }
  })
  return relations
}

/** The maximum number of sheets. */
const MAX_SHEETS = 1000

async function readSheets(parts: Package, path: string) {
  const sheets: Sheet[] = []
  let is1904 = false
  await readWholeXml(parts.read(path), {
    open: (name, attributes) => {
      if (name === 'workbookPr') is1904 = /^(1|true|on)$/.test(attributes.date1904 ?? '')
      if (name !== 'sheet' || sheets.length === MAX_SHEETS) return
      sheets.push({
        name: attributes.name ?? '',
        relation: attribute(attributes, 'id') ?? '',
        isVisible: (attributes.state ?? 'visible') === 'visible'
      })
    }
  })
  return { sheets, is1904 }
}

/** The maximum number of formats. */
const MAX_FORMATS = 65_536

/** The meaning of numbers, by the style of their cell. */
export async function readStyles(parts: Package, path: string | null): Promise<NumberKind[]> {
  if (path === null) return []
  const codes = new Map<number, string>()
  const kinds: NumberKind[] = []
  let isInCellFormats = false
  await readWholeXml(parts.read(path), {
    open: (name, attributes) => {
      const id = Number(attributes.numFmtId ?? 0)
      if (name === 'numFmt' && codes.size < MAX_FORMATS) codes.set(id, attributes.formatCode ?? '')
      if (name === 'cellXfs') isInCellFormats = true
      if (name !== 'xf' || !isInCellFormats || kinds.length === MAX_FORMATS) return
      kinds.push(numberKind(id, codes.get(id)))
    },
    close: (name) => {
      if (name === 'cellXfs') isInCellFormats = false
    }
  })
  return kinds
}

/** The meaning of a number in a cell of this style. */
export function kindOf(kinds: readonly NumberKind[], style: string | undefined): NumberKind {
  return kinds[Number(style ?? 0)] ?? PLAIN
}
