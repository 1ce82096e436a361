import type { XmlElement } from '../domain/adf/xml.ts'
import { toXmlText } from '../domain/adf/xml.ts'

/** What stands for each character that is markup in a text or in an attribute. */
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;'
}

/**
 * Writes an element as XML 1.0 (section 2.4 for the escapes), its child elements indented. An element with
 * text stands on one line, because blanks around a text are part of it.
 */
export function writeXml(element: XmlElement, indent = ''): string {
  const tag = `${indent}<${element.name}${writeAttributes(element.attributes)}`
  const children = element.children.filter((child) => child !== '')
  if (children.length === 0) return `${tag}/>`
  if (children.some((child) => typeof child === 'string')) {
    return `${tag}>${children.map(writeInline).join('')}</${element.name}>`
  }
  const inner = children.map((child) =>
    typeof child === 'string' ? '' : `${writeXml(child, `${indent}  `)}\n`
  )
  return `${tag}>\n${inner.join('')}${indent}</${element.name}>`
}

/** A child of an element with text. */
function writeInline(child: XmlElement | string): string {
  if (typeof child === 'string') return escapeText(toXmlText(child))
  const { name, attributes, children } = child
  const inner = children.map(writeInline).join('')
  const tag = `<${name}${writeAttributes(attributes)}`
  return inner === '' ? `${tag}/>` : `${tag}>${inner}</${name}>`
}

/** Line ends in an attribute become blanks, because XML does not keep them. */
function writeAttributes(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => {
      const text = toXmlText(value).replace(/\s+/g, ' ')
      return ` ${name}="${text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character)}"`
    })
    .join('')
}

function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (character) => ESCAPES[character] ?? character)
}
