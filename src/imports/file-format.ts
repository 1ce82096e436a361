import { decodeAll } from '../decoding/decoders.ts'
import { encodingByMarks } from '../decoding/encoding.ts'
import type { ImportFormat } from '../domain/imports/import.ts'
import { fileFault } from './file-fault.ts'

/** The first bytes of files that are no lists, by what they are. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  PDF: '25504446',
  PNG: '89504e470d0a1a0a',
  JPEG: 'ffd8ff',
  GIF: '47494638',
  RTF: '7b5c727466',
  SQLite: '53514c69746520666f726d6174',
  Parquet: '50415231'
}

const ARCHIVES: Readonly<Record<string, string>> = {
  GZIP: '1f8b08',
  '7z': '377abcaf271c',
  RAR: '526172211a07',
  BZIP2: '425a68',
  XZ: 'fd377a585a00',
  Zstandard: '28b52ffd'
}

const ZIP = /^504b(?:0304|0506|0708)/
/** Workbooks of the old format, and workbooks with a password. */
const COMPOUND_FILE = 'd0cf11e0a1b11ae1'

/**
 * The format of a file by its first bytes: programs and people send files under wrong names and types. `declared`
 * decides between texts that may be either. Throws where the file is no list, and says what it is.
 */
export function formatOf(head: Buffer, declared: ImportFormat): ImportFormat {
  const begin = head.toString('hex', 0, 16)
  const kindIn = (kinds: Readonly<Record<string, string>>) =>
    Object.keys(kinds).find((kind) => begin.startsWith(kinds[kind] ?? ''))
  if (ZIP.test(begin)) return 'xlsx'
  if (begin.startsWith(COMPOUND_FILE)) throw fileFault('xls_not_supported')
  const archive = kindIn(ARCHIVES)
  if (archive !== undefined) throw fileFault('file_is_archive', { kind: archive })
  const document = kindIn(DOCUMENTS)
  if (document !== undefined) throw fileFault('file_is_document', { kind: document })
  return formatOfText(textOf(head), declared)
}

function formatOfText(text: string, declared: ImportFormat): ImportFormat {
  if (HTML.test(text)) return 'html'
  const kind = TEXTS.find(([, pattern]) => pattern.test(text))?.[0]
  if (kind !== undefined) throw fileFault('file_is_document', { kind })
  return declared === 'ndjson' || JSON_OBJECT.test(text) ? 'ndjson' : 'csv'
}

const HTML =
  /^(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:(?!-->)[^]){0,2000}-->\s*){0,5}<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b/i
const JSON_OBJECT = /^(?:\[\s*)?\{\s*(?:"|\})/

const TEXTS: readonly [string, RegExp][] = [
  ['XML', /^<(?:\?xml|!doctype|adf|[a-z][\w:-]{0,60}\s+xmlns)\b/i],
  ['vCard', /^BEGIN:VCARD\b/i],
  ['iCalendar', /^BEGIN:VCALENDAR\b/i],
  ['MHTML', /^MIME-Version:\s{0,5}1\.0\s*\r?\n/i]
]

/** The head as text, as far as its first signs tell what it is. */
function textOf(head: Buffer): string {
  const marked = encodingByMarks(head)
  const text = marked === null ? head.toString('latin1') : decodeAll(head, marked)
  return text.replace(/^\ufeff/, '').trimStart()
}
