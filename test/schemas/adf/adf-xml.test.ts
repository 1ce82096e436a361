import iconv from 'iconv-lite'
import t from 'tap'
import { decodeText } from '../../../src/decoding/decode-text.ts'
import type { AdfErrorKind } from '../../../src/adf/adf-error.ts'
import { AdfError } from '../../../src/adf/adf-error.ts'
import { parseXml, serialiseAdf } from '../../../src/adf/adf-xml.ts'
import { readAdf } from '../../../src/adf/read-adf.ts'
import type { XmlElement } from '../../../src/domain/adf/xml.ts'

const body = '<adf><prospect><a>x</a></prospect></adf>'

function refusal(text: string, read: (text: string) => unknown = parseXml): AdfError | null {
  try {
    read(text)
    return null
  } catch (error) {
    if (error instanceof AdfError) return error
    throw error
  }
}

/** The root of a document. */
function rootOf(text: string): XmlElement {
  const elements = parseXml(text).children.filter((child) => typeof child !== 'string')
  const root = elements.find(({ name }) => !name.startsWith('?'))
  if (root === undefined) throw new Error('the document has no root')
  return root
}

const readWhole = (text: string) => readAdf({ text, repairs: [] })

void t.test('every header in use', (t) => {
  const headers = [
    '',
    '\ufeff<?xml version="1.0" encoding="UTF-8"?>',
    ' \r\n\t<?xml version="1.0"?>\n<?adf version="1.0"?>',
    '<?ADF VERSION "1.0"?>\n\n<?XML VERSION “1.0”?>\n',
    '<?adf version="1.0"?><?xml version="1.0"?>',
    '<?xml version="1.1"?>',
    '<!-- feed --><?XML VERSION="1.0"?><!-- <!DOCTYPE no --><?xml-stylesheet href="a"?>'
  ]
  for (const header of headers) {
    t.strictSame(rootOf(header + body), rootOf(body), JSON.stringify(header))
  }
  t.end()
})

void t.test('refused, with the place and without a word of the document', (t) => {
  const cases: [AdfErrorKind, string][] = [
    ['doctype', `<?xml version="1.0"?><!DOCTYPE adf [<!ENTITY x "secret">]>${body}`],
    ['doctype', `<!doctype adf SYSTEM "http://127.0.0.1:9/secret.dtd">${body}`],
    ['doctype', `<?ADF VERSION "1.0"?>\n<!-- a --><!DOCTYPE adf>${body}`],
    ['malformed', ''],
    ['malformed', 'secret'],
    ['malformed', '<adf><prospect><secret></prospect></adf>'],
    ['malformed', '<adf><prospect secret=1/></adf>'],
    ['malformed', '<adf><prospect secret="1" secret="2"/></adf>'],
    ['malformed', '<adf><prospect>&secret;</prospect></adf>'],
    ['malformed', '<adf><prospect>&toString;</prospect></adf>'],
    ['malformed', '<adf><prospect>secret & co</prospect></adf>'],
    ['malformed', '<adf><prospect>&#0;</prospect></adf>'],
    ['malformed', '<adf><prospect>secret'],
    ['malformed', '<?xml version="1.0"'],
    ['malformed', `${body}<secret/>`],
    ['malformed', '<adf><!ENTITY secret "x"><prospect/></adf>']
  ]
  for (const [kind, text] of cases) {
    const error = refusal(text)
    t.equal(error?.kind, kind, text)
    t.notMatch(error?.message, /secret/i, 'the message can be logged')
  }
  const error = refusal('<?ADF VERSION "1.0"?>\n\n<adf>\n  <prospect>&nbsp;</prospect></adf>')
  t.hasStrict(error, { line: 4, column: 18 }, 'a mended header does not move the place')
  t.end()
})

// Each of these takes minutes or all the memory where a limit is missing.
void t.test('hostile documents are refused fast', (t) => {
  const wrap = (inside: string) => `<adf><prospect>${inside}</prospect></adf>`
  const bomb = Array.from({ length: 9 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(9)}">`)
  const many = (count: number, piece: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => piece(index)).join('')
  // The second is the answer of the reading that repairs.
  const documents: Record<string, [AdfErrorKind | null, string]> = {
    'entity bomb': ['doctype', `<!DOCTYPE adf [<!ENTITY e0 "x">${bomb.join('')}]>${wrap('&e9;')}`],
    'external entity': [
      'doctype',
      `<!DOCTYPE adf [<!ENTITY x SYSTEM "file:///etc/passwd">]>${wrap('&x;')}`
    ],
    depth: ['too-complex', wrap('<a>'.repeat(20_000) + '</a>'.repeat(20_000))],
    elements: ['too-complex', wrap('<a/>'.repeat(200_000))],
    instructions: ['too-complex', wrap('<?a?>'.repeat(200_000))],
    attributes: ['too-complex', wrap(`<a ${many(80_000, (n) => `a${n}="" `)}/>`)],
    references: [null, wrap('&#65;'.repeat(200_000))],
    'header instructions': [null, '<?adf?>'.repeat(140_000) + body],
    'open sections': ['malformed', wrap('<![CDATA['.repeat(110_000))]
  }
  for (const [name, [kind, text]] of Object.entries(documents)) {
    const start = process.cpuUsage()
    t.equal(refusal(text)?.kind ?? null, kind, name)
    const repaired = refusal(text, readWhole)?.kind ?? null
    t.equal(repaired, kind === 'malformed' ? null : kind, `${name}, when repaired`)
    refusal(`<a ${text}`, readWhole)
    t.ok(process.cpuUsage(start).user < 3_000_000, `${name} is fast`)
  }
  t.end()
})

void t.test('the limits themselves are allowed', (t) => {
  const nested = (count: number) =>
    `<adf><prospect>${'<a>'.repeat(count)}${'</a>'.repeat(count)}</prospect></adf>`
  t.equal(refusal(nested(62)), null, '64 levels')
  t.equal(refusal(nested(63))?.kind, 'too-complex')
  const wide = (count: number) => `<adf><prospect>${'<a/>'.repeat(count)}</prospect></adf>`
  t.equal(refusal(wide(19_998)), null, '20,000 elements')
  t.equal(refusal(wide(19_999))?.kind, 'too-complex')
  t.end()
})

void t.test('what stands in the tree', (t) => {
  const root = rootOf(
    '<x:ADF a="1" __proto__="p"><prospect>one<![CDATA[ <two> ]]>&amp;<?pi body?></prospect></x:ADF>'
  )
  t.equal(root.name, 'x:ADF')
  t.ok(Object.keys(root.attributes).includes('a'))
  t.strictSame(root.children, [
    {
      name: 'prospect',
      attributes: {},
      children: ['one <two> &', { name: '?pi', attributes: {}, children: ['body'] }]
    }
  ])
  t.end()
})

void t.test('a text comes back from the document as it went in', (t) => {
  const texts = [`<&"'> ]]>`, '&lt;b&gt; &amp; &#65;', 'Żółć 🚗 שלום', 'a\nb', 'x\u00ad\u2028y']
  for (const text of texts) {
    const prospect = { name: 'prospect', attributes: { a: text }, children: [text] }
    const document = serialiseAdf([prospect])
    t.match(document, /^[\n\x20-\x7e]*$/, 'in ASCII')
    // A folded line ends behind a blank.
    const unfolded = document.replaceAll(' \n', ' ')
    t.strictSame(rootOf(unfolded).children.at(1), {
      ...prospect,
      attributes: { a: text.replace(/\s+/g, ' ') }
    })
  }
  const odd = { name: 'prospect', attributes: {}, children: ['a\r\nb\rc\u0000\u001b\ud800d\uffff'] }
  t.hasStrict(rootOf(serialiseAdf([odd])).children.at(1), {
    children: ['a\nb\nc  \ufffdd\ufffd']
  })
  t.end()
})

void t.test('bytes', (t) => {
  const decode = (bytes: Buffer, charset?: string) => decodeText(bytes, charset).text
  const text = '<?xml version="1.0" encoding="ENC"?><a>Zażółć</a>'
  const utf8 = text.replace('ENC', 'utf-8')
  const utf16 = Buffer.from(`\ufeff${utf8}`, 'utf16le')
  const french = Buffer.from('<a>h\u00e9l\u00e8ne</a>', 'latin1')

  t.equal(decode(Buffer.from(utf8)), utf8)
  t.equal(decode(Buffer.from(`\ufeff${utf8}`)), utf8, 'without its mark')
  t.equal(decode(Buffer.from(utf8), 'us-ascii'), utf8, 'mail says us-ascii of anything')
  t.equal(decode(Buffer.from(utf8), 'no-such-charset'), utf8)
  t.equal(decode(Buffer.from(utf8), '"UTF-8"'), utf8)
  t.equal(decode(utf16), utf8)
  t.equal(decode(utf16, 'utf-16'), utf8)
  t.equal(decode(utf16, 'iso-8859-1'), utf8, 'a mark the charset contradicts')
  t.equal(decode(Buffer.from(utf16).swap16(), 'utf-16'), utf8)
  t.equal(decode(Buffer.from(utf8, 'utf16le')), utf8, 'without a mark')
  t.equal(decode(Buffer.from(`\n${utf8}`, 'utf16le')), `\n${utf8}`)
  t.equal(decode(Buffer.from(utf8), 'utf-16'), utf8, 'a label the bytes contradict')
  const slip = text.replace('ENC', 'utf-16')
  t.equal(decode(Buffer.from(slip)), slip, 'a declaration the bytes contradict')
  t.equal(decode(french), '<a>hélène</a>', 'windows-1252 when it is not UTF-8')
  t.equal(decode(french, 'utf-8'), '<a>hélène</a>', 'a charset the bytes contradict')
  const polish = Buffer.from([...Buffer.from('<?xml version="1.0" encoding="iso-8859-2"?>'), 0xb3])
  t.match(decode(polish), /ł$/)
  t.match(decode(polish, 'iso-8859-1'), /³$/, 'the message before the declaration')
  t.strictSame(decodeText(Buffer.from(utf8)).repairs, [])
  t.strictSame(decodeText(french).repairs, [
    { path: 'document', text: 'windows-1252', code: 'charset_guessed' }
  ])
  t.end()
})

void t.test('bytes that are UTF-8 beyond doubt are UTF-8, whatever a label says', (t) => {
  for (const label of ['iso-8859-1', 'windows-1250', 'ISO-8859-2']) {
    for (const declared of ['utf-8', label]) {
      const text = `<?xml version="1.0" encoding="${declared}"?><a>Zażółć gęślą</a>`
      const { text: read, repairs } = decodeText(Buffer.from(text), label)
      t.equal(read, text, `${label}, declared ${declared}`)
      t.strictSame(
        repairs.map(({ code }) => code),
        ['charset_contradicted']
      )
    }
  }
  const chinese = Buffer.from([0xc4, 0xe3, 0xba, 0xc3])
  t.equal(
    decodeText(chinese, 'gb2312').text,
    '你好',
    'a charset of several bytes a character is believed'
  )
  t.end()
})

void t.test('one wrong byte is one character', (t) => {
  const bytes = (...parts: (string | number)[]) =>
    Buffer.concat(
      parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part])))
    )
  const { text, repairs } = decodeText(bytes('<a>Żółw\n20', 0x80, ' – 30', 0x80, ' ', 0xe9, '</a>'))
  t.equal(text, '<a>Żółw\n20€ – 30€ é</a>')
  t.strictSame(repairs, [
    { path: 'document:2', text: '0x80', code: 'replaced_byte' },
    { path: 'document:2', text: '0x80', code: 'replaced_byte' },
    { path: 'document:2', text: '0xE9', code: 'replaced_byte' }
  ])
  t.equal(decodeText(bytes('Łódź', 0x96), 'iso-8859-1').text, 'Łódź–', 'also against the label')
  t.equal(decodeText(bytes('Łódź ', 0xc5)).text, 'Łódź Å', 'a character cut at the end')
  t.equal(decodeText(bytes('\ufeffPlain ', 0x93, 'x', 0x94)).text, 'Plain “x”', 'a mark says UTF-8')
  const latin2 = bytes('Micha', 0xb3, ' zam', 0xf3, 'wi', 0xb3, ' ', 0xb9)
  t.equal(decodeText(latin2).text, 'Michał zamówił ą', 'letters of windows-1250')
  t.equal(decodeText(bytes('Se', 0xf1, 'or, 1600 cm', 0xb3)).text, 'Señor, 1600 cm³')
  const many = decodeText(Buffer.concat([Buffer.from('ż'.repeat(90)), Buffer.alloc(80, 0x96)]))
  t.equal(many.repairs.length, 11, 'ten places, and the rest as one')
  t.end()
})

void t.test('UTF-32 is read in both orders, with a mark and without', (t) => {
  const text = `<a>Zażółć 🚗</a>${'ż'.repeat(9_000)}`
  for (const [name, encoding] of Object.entries({ le: 'utf-32le', be: 'utf-32be' })) {
    for (const mark of ['\ufeff', '']) {
      const bytes = iconv.encode(mark + text, encoding)
      const { text: read, repairs } = decodeText(bytes, 'iso-8859-1')
      t.equal(read, text, `${name}${mark}`)
      t.strictSame(repairs, [])
    }
  }
  const wrong = Buffer.concat([
    iconv.encode('<a>', 'utf-32le'),
    Buffer.from([0, 0, 0x11, 0, 0, 0xd8, 0, 0, 0x62, 0])
  ])
  t.equal(decodeText(wrong).text, '<a>\ufffd\ufffd\ufffd', 'no character, half of one, a cut one')
  for (const bytes of [[], [0], [0, 0, 0, 0], [0xff, 0xfe, 0, 0], [0xff, 0xfe, 0]]) {
    t.doesNotThrow(() => decodeText(Buffer.from(bytes)))
  }
  t.equal(
    refusal(decodeText(iconv.encode(`<!DOCTYPE a [ ]>${body}`, 'utf-32le')).text)?.kind,
    'doctype'
  )
  t.end()
})

// A DOCTYPE in UTF-16 looks like nothing to whoever searches the bytes.
void t.test('no encoding hides a DOCTYPE', (t) => {
  const hostile = `<!DOCTYPE adf [<!ENTITY x "y">]>${body}`
  for (const mark of ['\ufeff', '']) {
    const bytes = Buffer.from(mark + hostile, 'utf16le')
    t.equal(refusal(decodeText(bytes).text)?.kind, 'doctype')
    t.equal(refusal(decodeText(bytes.swap16()).text)?.kind, 'doctype')
  }
  t.end()
})
