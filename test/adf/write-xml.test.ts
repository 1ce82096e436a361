import fc from 'fast-check'
import t from 'tap'

import { parseXml } from '../../src/adf/adf-xml.ts'
import { writeXml } from '../../src/adf/write-xml.ts'
import type { XmlElement } from '../../src/domain/adf/xml.ts'
import { parentElement, textElement, toXmlText } from '../../src/domain/adf/xml.ts'

void t.test('an element with text stands on one line, others are indented', (t) => {
  const element = parentElement('a', [
    textElement('b', 'x & <y> ]]> "z"', { k: '<"&\n>' }),
    parentElement('c', []),
    parentElement('d', [parentElement('e', [], { f: '' })])
  ])
  t.equal(
    writeXml(element),
    [
      '<a>',
      '  <b k="&lt;&quot;&amp; &gt;">x &amp; &lt;y&gt; ]]&gt; "z"</b>',
      '  <c/>',
      '  <d>',
      '    <e f=""/>',
      '  </d>',
      '</a>'
    ].join('\n')
  )
  const mixed: XmlElement = {
    name: 'a',
    attributes: {},
    children: ['x', textElement('b', ''), 'y']
  }
  t.equal(writeXml(mixed), '<a>x<b/>y</a>')
  t.end()
})

void t.test('any text comes back as it was written', (t) => {
  const texts = fc.string({ unit: 'binary' }).map((text) => toXmlText(text).trim())
  fc.assert(
    fc.property(texts, texts, (text, value) => {
      const written = writeXml(parentElement('a', [textElement('b', text, { k: value })]))
      const root = parseXml(written).children[0] as XmlElement
      const [b] = root.children.filter((child) => typeof child !== 'string')
      t.same(b?.children ?? [], text === '' ? [] : [text])
      t.equal(b?.attributes.k ?? '', value.replace(/\s+/g, ' '))
    })
  )
  t.end()
})
