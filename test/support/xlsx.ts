import { crc32, deflateRawSync } from 'node:zlib'

/** A part of a zip; `size`: what it claims to be once it is unpacked. */
interface Part {
  path: string
  content: string | Buffer
  size?: number
}

/** A zip of these parts. */
export function writeZip(parts: readonly Part[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { path, content, size } of parts) {
    const plain = Buffer.from(content)
    const packed = deflateRawSync(plain)
    const name = Buffer.from(path)
    const about = Buffer.alloc(26)
    about.writeUInt16LE(20, 0)
    about.writeUInt16LE(8, 4)
    about.writeUInt32LE(crc32(plain), 10)
    about.writeUInt32LE(packed.length, 14)
    about.writeUInt32LE(size ?? plain.length, 18)
    about.writeUInt16LE(name.length, 22)
    files.push(Buffer.from('PK\x03\x04'), about, name, packed)
    const place = Buffer.alloc(14)
    place.writeUInt32LE(offset, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\0'), about, place, name)
    offset += 30 + name.length + packed.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(parts.length, 4)
  end.writeUInt16LE(parts.length, 6)
  end.writeUInt32LE(listed.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...files, listed, Buffer.from('PK\x05\x06'), end])
}

const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** A workbook of one sheet, given as the XML of its rows. */
export function writeXlsx({
  rows,
  strings = [],
  formats = '',
  cellFormats = '<xf numFmtId="0"/>',
  workbook = '',
  sheetName = 'Leads',
  others = [],
  size
}: {
  rows: string
  /** The XML of shared texts. */
  strings?: readonly string[]
  formats?: string
  cellFormats?: string
  /** What stands in the workbook before its sheets. */
  workbook?: string
  sheetName?: string
  /** Visible sheets before that one, by the XML of their rows. */
  others?: readonly { name: string; rows: string }[]
  size?: number
}): Buffer {
  const relation = (id: string, type: string, target: string) =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`
  const relations = (...all: string[]) => `<Relationships>${all.join('')}</Relationships>`
  return writeZip([
    {
      path: '_rels/.rels',
      content: relations(relation('r1', 'officeDocument', 'xl/workbook.xml'))
    },
    {
      path: 'xl/workbook.xml',
      content: `<workbook xmlns:r="${RELATIONS}">${workbook}<sheets>
        <sheet name="Hidden" state="hidden" sheetId="2" r:id="r4"/>
        ${others.map(({ name }, at) => `<sheet name="${name}" sheetId="${at + 3}" r:id="o${at}"/>`).join('')}
        <sheet name="${sheetName}" sheetId="1" r:id="r1"/></sheets></workbook>`
    },
    {
      path: 'xl/_rels/workbook.xml.rels',
      content: relations(
        relation('r1', 'worksheet', 'worksheets/sheet1.xml'),
        relation('r2', 'sharedStrings', '/xl/sharedStrings.xml'),
        relation('r3', 'styles', 'styles.xml'),
        relation('r4', 'worksheet', 'worksheets/sheet2.xml'),
        ...others.map((_, at) => relation(`o${at}`, 'worksheet', `worksheets/other${at}.xml`))
      )
    },
    {
      path: 'xl/styles.xml',
      content: `<styleSheet><numFmts>${formats}</numFmts><cellStyleXfs><xf numFmtId="14"/>
        </cellStyleXfs><cellXfs>${cellFormats}</cellXfs></styleSheet>`
    },
    {
      path: 'xl/sharedStrings.xml',
      content: `<sst>${strings.map((text) => `<si>${text}</si>`).join('')}</sst>`
    },
    {
      path: 'xl/worksheets/sheet2.xml',
      content:
        '<worksheet><sheetData><row r="1"><c t="str"><v>secret</v></c></row></sheetData></worksheet>'
    },
    ...others.map(({ rows: xml }, at) => ({
      path: `xl/worksheets/other${at}.xml`,
      content: `<worksheet><sheetData>${xml}</sheetData></worksheet>`
    })),
    {
      path: 'xl/worksheets/sheet1.xml',
      content: `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
      ...(size === undefined ? {} : { size })
    }
  ])
}

/** The XML of rows whose cells are these texts; empty ones are left out, as behind merged cells. */
export function textRows(rows: readonly (readonly string[])[]): string {
  const cell = (text: string, at: number, line: number) =>
    `<c r="${String.fromCharCode(65 + at)}${line}" t="str"><v>${text}</v></c>`
  return rows
    .map((cells, index) => {
      const line = index + 1
      const texts = cells.map((text, at) => (text === '' ? '' : cell(text, at, line)))
      return `<row r="${line}">${texts.join('')}</row>`
    })
    .join('')
}
