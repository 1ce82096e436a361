import t from 'tap'
import type { AdfErrorKind } from '../../../src/adf/adf-xml.ts'
import {
  AdfError,
  decodeXml,
  mendEntities,
  parseXml,
  serialiseAdf
} from '../../../src/adf/adf-xml.ts'

const body = '<adf><prospect><a>x</a></prospect></adf>'

function refusal(text: string): AdfError | null {
  try {
    parseXml(text)
    return null
  } catch (error) {
    if (error instanceof AdfError) return error
    throw error
  }
}

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
    t.strictSame(parseXml(header + body), parseXml(body), JSON.stringify(header))
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
    ['malformed', '<adf><!ENTITY secret "x"><prospect/></adf>'],
    ['not-adf', '<secret/>'],
    ['not-adf', '<adf><secret/></adf>']
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
    mendEntities(text)
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
  const root = parseXml(
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
  const texts = [`<&"'> ]]>`, '&lt;b&gt; &amp; &#65;', 'Żółć 🚗 שלום', 'a\nb', '\u007f\u0085x']
  for (const text of texts) {
    const prospect = { name: 'prospect', attributes: { a: text }, children: [text] }
    const document = serialiseAdf([prospect])
    t.match(document, /^[\n\x20-\x7e]*$/, 'in ASCII')
    t.strictSame(parseXml(document).children.at(1), {
      ...prospect,
      attributes: { a: text.replace(/\s+/g, ' ') }
    })
  }
  const odd = { name: 'prospect', attributes: {}, children: ['a\r\nb\rc\u0000\u001b\ud800d\uffff'] }
  t.hasStrict(parseXml(serialiseAdf([odd])).children.at(1), {
    children: ['a\nb\nc\ufffdd\ufffd']
  })
  t.end()
})

void t.test('bytes', (t) => {
  const text = '<?xml version="1.0" encoding="ENC"?><a>Zażółć</a>'
  const utf8 = text.replace('ENC', 'utf-8')
  const utf16 = Buffer.from(`\ufeff${utf8}`, 'utf16le')
  const french = Buffer.from('<a>h\u00e9l\u00e8ne</a>', 'latin1')

  t.equal(decodeXml(Buffer.from(utf8)), utf8)
  t.equal(decodeXml(Buffer.from(`\ufeff${utf8}`)), utf8, 'without its mark')
  t.equal(decodeXml(Buffer.from(utf8), 'us-ascii'), utf8, 'mail says us-ascii of anything')
  t.equal(decodeXml(Buffer.from(utf8), 'no-such-charset'), utf8)
  t.equal(decodeXml(Buffer.from(utf8), '"UTF-8"'), utf8)
  t.equal(decodeXml(utf16), utf8)
  t.equal(decodeXml(utf16, 'utf-16'), utf8)
  t.equal(decodeXml(Buffer.from(utf16).swap16(), 'utf-16'), utf8)
  t.equal(decodeXml(Buffer.from(utf8, 'utf16le')), utf8, 'without a mark')
  t.equal(decodeXml(Buffer.from(`\n${utf8}`, 'utf16le')), `\n${utf8}`)
  t.equal(decodeXml(Buffer.from(utf8), 'utf-16'), utf8, 'a label the bytes contradict')
  const slip = text.replace('ENC', 'utf-16')
  t.equal(decodeXml(Buffer.from(slip)), slip, 'a declaration the bytes contradict')
  t.equal(decodeXml(french), '<a>hélène</a>', 'windows-1252 when it is not UTF-8')
  t.equal(decodeXml(french, 'utf-8'), '<a>hélène</a>', 'a charset the bytes contradict')
  const polish = Buffer.from([...Buffer.from('<?xml version="1.0" encoding="iso-8859-2"?>'), 0xb3])
  t.match(decodeXml(polish), /ł$/)
  t.match(decodeXml(polish, 'iso-8859-1'), /³$/, 'the message before the declaration')
  t.end()
})

// A DOCTYPE in UTF-16 looks like nothing to whoever searches the bytes.
void t.test('no encoding hides a DOCTYPE', (t) => {
  const hostile = `<!DOCTYPE adf [<!ENTITY x "y">]>${body}`
  for (const mark of ['\ufeff', '']) {
    const bytes = Buffer.from(mark + hostile, 'utf16le')
    t.equal(refusal(decodeXml(bytes))?.kind, 'doctype')
    t.equal(refusal(decodeXml(bytes.swap16()))?.kind, 'doctype')
  }
  t.end()
})

void t.test('the one repair', (t) => {
  t.equal(
    mendEntities('a & b &nbsp;&eacute; &amp; &#65; &foo; <![CDATA[&nbsp; & ]]>'),
    'a &amp; b &#160;&#233; &amp; &#65; &amp;foo; <![CDATA[&nbsp; & ]]>'
  )
  t.equal(mendEntities('?a=1&b=2'), '?a=1&amp;b=2')
  t.end()
})
