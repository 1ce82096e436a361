import { fileFault } from '../file-fault.ts'
import { PLAIN, numberKind } from './numbers.ts'
import type { NumberKind } from './numbers.ts'
import { relationsPath, resolvePart } from './package.ts'
import type { Package } from './package.ts'
import { attribute, readWholeXml } from './xml.ts'

/** The paths of the parts that contain the rows of a workbook. */
export interface Workbook {
  sheets: WorkbookSheet[]
  sharedStringsPath: string | null
  stylesPath: string | null
  /** Whether days are counted from 1904. */
  is1904: boolean
}

/** A sheet with rows, and the path of its part. */
export interface WorkbookSheet {
  name: string
  path: string
  isVisible: boolean
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

/** The parts of a workbook, with all its sheets of rows. */
export async function readWorkbook(parts: Package): Promise<Workbook> {
  const path = await findWorkbook(parts)
  const { sheets, is1904 } = await readSheets(parts, path)
  const relations = await readRelations(parts, path)
  const pathOf = (relation: Relation) => resolvePart(path, relation.target)
  const ofType = (type: string) => {
    const found = relations.find(
      (relation) => relation.type.endsWith(`/${type}`) && parts.has(pathOf(relation))
    )
    return found ? pathOf(found) : null
  }
  const tables = sheets.flatMap(({ name, relation, isVisible }) => {
    const found = relations.find(({ id, type }) => id === relation && type.endsWith('/worksheet'))
    return found ? [{ name, path: pathOf(found), isVisible }] : []
  })
  if (tables.length === 0) throw fileFault('workbook_without_sheet')
  return {
    sheets: tables,
    sharedStringsPath: ofType('sharedStrings'),
    stylesPath: ofType('styles'),
    is1904
  }
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
/** The characters of a sheet's name that are kept: spreadsheets allow 31. */
const MAX_SHEET_NAME = 100

async function readSheets(parts: Package, path: string) {
  const sheets: Sheet[] = []
  let is1904 = false
  await readWholeXml(parts.read(path), {
    open: (name, attributes) => {
      if (name === 'workbookPr') is1904 = /^(1|true|on)$/.test(attributes.date1904 ?? '')
      if (name !== 'sheet' || sheets.length === MAX_SHEETS) return
      sheets.push({
        name: (attributes.name ?? '').slice(0, MAX_SHEET_NAME).toWellFormed(),
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
