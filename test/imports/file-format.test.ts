import { gzipSync } from 'node:zlib'

import t from 'tap'

import { writeXlsx, writeZip } from '../support/xlsx.ts'
import { read, readCells } from './reading.ts'

const CSV = 'Name;E-mail\nOla Bąk;ola@x.example\n'
const ROWS = [
  ['Name', 'E-mail'],
  ['Ola Bąk', 'ola@x.example']
]
const inline = (place: string, text: string) => `<c r="${place}" t="str"><v>${text}</v></c>`
const XLSX = writeXlsx({
  rows: `<row r="1">${inline('A1', 'Name')}${inline('B1', 'E-mail')}</row>
    <row r="2">${inline('A2', 'Ola Bąk')}${inline('B2', 'ola@x.example')}</row>`
})
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')

void t.test('the bytes decide about the format, whatever was declared', async (t) => {
  const ndjson = '{"Name":"Ola Bąk","E-mail":"ola@x.example"}\n'
  const html = `<table><tr><th>Name</th><th>E-mail</th></tr><tr><td>Ola B&#261;k</td>
    <td>ola@x.example</td></tr></table>`
  const files: Record<string, [Buffer, string]> = {
    xlsx: [XLSX, 'xlsx'],
    csv: [Buffer.from(CSV), 'csv'],
    'csv in UTF-16': [utf16(CSV), 'csv'],
    tsv: [Buffer.from(CSV.replaceAll(';', '\t')), 'csv'],
    ndjson: [Buffer.from(`\ufeff${ndjson}`), 'ndjson'],
    html: [Buffer.from(html), 'html'],
    'html in UTF-16': [utf16(`<html xmlns:x="urn:x"><body>${html}`), 'html']
  }
  for (const [name, [file, format]] of Object.entries(files)) {
    for (const declared of ['csv', 'xlsx'] as const) {
      const { reading, columns, rows } = await read(file, { format: declared }, 7)
      t.equal(reading.format, format, name)
      t.strictSame([columns, ...rows.map(({ cells }) => cells)], ROWS, name)
    }
  }
  t.equal((await read(XLSX, { format: 'ndjson' })).reading.format, 'xlsx')
})

void t.test('other files are refused by what they are', async (t) => {
  const files: Record<string, [string | Buffer, object]> = {
    pdf: ['%PDF-1.7\n%âãÏÓ', { code: 'file_is_document', facts: { kind: 'PDF' } }],
    image: [Buffer.from('89504e470d0a1a0a00', 'hex'), { facts: { kind: 'PNG' } }],
    contacts: ['BEGIN:VCARD\nVERSION:3.0\n', { facts: { kind: 'vCard' } }],
    lead: ['<?xml version="1.0"?><adf><prospect/></adf>', { facts: { kind: 'XML' } }],
    page: ['<!DOCTYPE html><html><body>Please sign in</body></html>', { facts: { kind: 'HTML' } }],
    old: [Buffer.from('d0cf11e0a1b11ae1', 'hex'), { code: 'xls_not_supported' }],
    zip: [
      writeZip([{ path: 'leads.csv', content: CSV }]),
      { code: 'file_is_archive', facts: { kind: 'ZIP' } }
    ],
    ods: [
      writeZip([
        { path: 'mimetype', content: 'application/vnd.oasis.opendocument.spreadsheet' },
        { path: 'content.xml', content: '<x/>' }
      ]),
      { code: 'file_is_document', facts: { kind: 'ODS' } }
    ],
    word: [
      writeZip([
        { path: '_rels/.rels', content: '<Relationships/>' },
        { path: 'word/document.xml', content: '<x/>' }
      ]),
      { facts: { kind: 'DOCX' } }
    ],
    gzip: [gzipSync(CSV), { code: 'file_is_archive', facts: { kind: 'GZIP' } }]
  }
  for (const [name, [file, reason]] of Object.entries(files)) {
    await t.rejects(read(Buffer.from(file)), { name: 'FileFault', reason }, name)
  }
})

void t.test('HTML as programs write it', async (t) => {
  const head = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
    <meta http-equiv=Content-Type content="text/html; charset=windows-1250">
    <style>td { mso-number-format:"\\@" } </style><!--[if gte mso 9]><xml><td>no</td></xml><![endif]-->
    </head><body><h1>Klienci</h1><table border=1>
    <tr><td colspan=3>Raport &amp; lista</td></tr>`
  const body = `<TR><TH>Imi\xea</TH><TH>Telefon</TH><TH>Uwagi</TH>
    <tr><td>Micha\xb3<td style="x">601 234 567<td>one<br>two &lt;b&gt; &nbsp;<table><tr><td>in</td></tr></table></tr>
    <tr><td>&#321;ucja</td><td></td><td>3 < 4</td></tr></table><table><tr><td>Ewa</td><td>1</td></tr>`
  for (const size of [3, 50, 65_536]) {
    const { reading, columns, rows } = await read(Buffer.from(head + body, 'latin1'), {}, size)
    t.match(reading, { format: 'html', encoding: 'windows-1250', header: { line: 2 } })
    t.strictSame(columns, ['Imię', 'Telefon', 'Uwagi'])
    t.strictSame(
      rows.map(({ cells }) => cells),
      [
        ['Michał', '601 234 567', 'one\ntwo <b> in'],
        ['Łucja', '', '3 < 4'],
        ['Ewa', '1']
      ]
    )
  }
  const stated = '<meta charset="iso-8859-1"><table><tr><td>Name<tr><td>Żółć</table>'
  t.strictSame(await readCells(Buffer.from(stated)), [['Name'], ['Żółć']], 'the bytes say UTF-8')
})
