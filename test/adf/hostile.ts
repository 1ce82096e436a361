/** Documents of about a given size, each with one thing in it as often as it fits. */
export const HOSTILE: Record<string, (size: number) => Buffer> = {
  'references of HTML': comments('&eacute;&nbsp;'),
  'references to no character': comments('&#11;&#0;'),
  'unknown references': comments('&bogus;'),
  'stray ampersands': comments('& '),
  'stray angle brackets': comments('< '),
  'angle brackets before letters': comments('<a '),
  'addresses in angle brackets': comments('<https://a.example> '),
  'wrong bytes': (size) =>
    within(
      Buffer.concat([
        Buffer.from('é'.repeat(1200)),
        Buffer.alloc(size, Buffer.from('a\x96', 'latin1'))
      ])
    ),
  'wrong bytes among right ones': (size) =>
    within(Buffer.alloc(size, Buffer.concat([Buffer.from('éé'), Buffer.from([0x96])]))),
  'bytes of windows-1250': (size) => within(Buffer.alloc(size, Buffer.from('a\xb3a', 'latin1'))),
  'control characters': comments('\u000b'),
  'open sections': comments('<![CDATA['),
  'nested sections': comments('<![CDATA[<![CDATA[a]]>b]]>'),
  'sections before a tag': comments('<![CDATA[</a>'),
  'ends of sections': comments(']]> '),
  'open comments': comments('<!-- -- '),
  'instructions without an end': comments('<?a b\n'),
  'line breaks of HTML': comments('<br>'),
  'tags of HTML': comments('<b>x</b> '),
  'elements nobody knows': (size) => prospect('<a b="c">d</a>'.repeat(Math.min(19_000, size / 14))),
  'empty elements': (size) => prospect('<a/>'.repeat(Math.min(19_000, size / 4))),
  vehicles: (size) =>
    prospect('<vehicle><make>K</make></vehicle>'.repeat(Math.min(9_000, size / 33))),
  names: (size) => contact('<name>a</name>'.repeat(Math.min(19_000, size / 14))),
  'e-mails': (size) => contact('<email>a@b.example</email>'.repeat(Math.min(500, size / 27))),
  phones: (size) => contact('<phone>601 234 567</phone>'.repeat(Math.min(500, size / 27))),
  'long phones': (size) => contact(`<phone>${'6 '.repeat(size / 100)}</phone>`.repeat(50)),
  'phones of many digits': (size) =>
    contact(`<phone>${'6 '.repeat(40)}</phone>`.repeat(size / 100)),
  'long e-mails': (size) => contact(`<email>${'a@b.co '.repeat(size / 7000)}</email>`.repeat(500)),
  'one long e-mail': (size) => contact(`<email>${'a@b.co '.repeat(size / 7)}</email>`),
  'phones of 500 characters': (size) =>
    contact(`<phone>${'601 234 567, '.repeat(38)}</phone>`.repeat(Math.min(500, size / 510))),
  'e-mails of 500 characters': (size) =>
    contact(`<email>${'a@b.example, '.repeat(38)}</email>`.repeat(Math.min(500, size / 510))),
  'a long name': (size) => contact(`<name>${'a '.repeat(size / 2)}</name>`),
  attributes: (size) => prospect(`<x ${list(size / 9, 19_000, (n) => `a${n}="1"`)}/>`),
  'attributes without quotes': (size) =>
    prospect(`<x ${list(size / 8, 19_000, (n) => `a${n}=1`)}/>`),
  'attributes without a value': (size) =>
    prospect(`<x ${list(size / 7, 19_000, (n) => `a${n}`)}></x>`),
  'quotes in a tag': (size) => prospect(`<make ${'" '.repeat(size / 2)}>`),
  'an attribute with angle brackets': (size) => prospect(`<make a="${'< '.repeat(size / 2)}">`),
  'tags without an end': (size) => prospect('<make a="'.repeat(Math.min(19_000, size / 9))),
  'tags that nothing closes': (size) => prospect('<make>'.repeat(Math.min(19_000, size / 6))),
  'end tags without a start': (size) => prospect('</a>'.repeat(size / 4)),
  'known end tags without a start': (size) => prospect('</make>'.repeat(size / 7)),
  'misplaced elements': (size) => prospect('<contact><vehicle>'.repeat(Math.min(9_000, size / 18))),
  'deep elements': (size) =>
    prospect(('<n>'.repeat(50) + '</n>'.repeat(50)).repeat(Math.min(380, size / 350))),
  'deep elements with long names': (size) =>
    prospect(
      `${'<n'.padEnd(200, 'n')}>`.repeat(50) +
        '<a/>'.repeat(Math.min(15_000, size / 4)) +
        `</${'n'.padEnd(199, 'n')}>`.repeat(50)
    ),
  'deep faulty elements': (size) =>
    prospect('&' + ('<n>'.repeat(50) + '</n>'.repeat(50)).repeat(Math.min(380, size / 350))),
  prospects: (size) => adf(person('a@b.example').repeat(Math.min(100, size / 100))),
  'large prospects': (size) => adf(person('a@b.example', 'x & <b '.repeat(size / 700)).repeat(100)),
  'too many prospects': (size) => adf('<prospect/>'.repeat(Math.min(19_000, size / 11))),
  'too many elements': (size) => prospect('<a/>'.repeat(size / 4)),
  wrappers: (size) =>
    Buffer.from('<a>'.repeat(60) + String(adf('&'.repeat(size))) + '</a>'.repeat(60)),
  'escaped documents': (size) =>
    Buffer.from(`<a>${escaped(escaped(String(prospect('&amp; '.repeat(size / 40)))))}</a>`),
  'no document': (size) => Buffer.from('<a@b.example> +48 601 234 567 & '.repeat(size / 32)),
  'text around the document': (size) =>
    Buffer.from(`${String(adf(person('a@b.example')))}${'footer < \n'.repeat(size / 10)}`),
  'lines like ours': comments('Other e-mail: a@b.example\n', '--- Further details ---\n'),
  'lines unlike ours': comments('x: y\n a\n', '--- Further details ---\n'),
  markers: comments('--- Further details ---\n'),
  'blank lines': comments('\n'),
  'carriage returns': comments('\r'),
  times: (size) =>
    prospect('<requestdate>2026-13-01 x</requestdate>'.repeat(Math.min(9_000, size / 40))),
  amounts: (size) => prospect(`<vehicle><price>${'1 '.repeat(size / 2)}</price></vehicle>`),
  options: (size) =>
    prospect(
      `<vehicle>${'<option><optionname>a</optionname><price>1,5</price></option>'.repeat(Math.min(6_000, size / 62))}</vehicle>`
    ),
  colours: (size) =>
    prospect(
      `<vehicle>${'<colorcombination><exteriorcolor>a</exteriorcolor></colorcombination>'.repeat(Math.min(9_000, size / 70))}</vehicle>`
    ),
  streets: (size) =>
    contact(`<address>${'<street>a</street>'.repeat(Math.min(19_000, size / 18))}</address>`),
  ids: (size) => prospect('<id source="a">b</id>'.repeat(Math.min(19_000, size / 21))),
  'comments elements': (size) =>
    prospect('<comments>b</comments>'.repeat(Math.min(19_000, size / 22)))
}

function comments(piece: string, before = '') {
  return (size: number) =>
    adf(person('a@b.example', before + piece.repeat(Math.floor(size / Buffer.byteLength(piece)))))
}

function within(bytes: Buffer): Buffer {
  const [before = '', after = ''] = String(adf(person('a@b.example', '|'))).split('|')
  return Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)])
}

function list(count: number, most: number, item: (n: number) => string): string {
  return Array.from({ length: Math.min(most, Math.floor(count)) }, (_, n) => item(n)).join(' ')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}

function adf(inner: string): Buffer {
  return Buffer.from(`<adf>${inner}</adf>`)
}

function prospect(inner: string): Buffer {
  return adf(
    `<prospect>${inner}<customer><contact><email>a@b.example</email></contact></customer></prospect>`
  )
}

function contact(inner: string): Buffer {
  return adf(`<prospect><customer><contact>${inner}</contact></customer></prospect>`)
}

function person(email: string, comments = ''): string {
  return `<prospect><customer><contact><name>Ada Kos</name><email>${email}</email></contact><comments>${comments}</comments></customer></prospect>`
}
