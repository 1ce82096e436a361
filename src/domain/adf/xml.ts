/**
 * An element of a document, without anything of a parser. A processing instruction inside the root
 * is an element named `?target` whose one child is its text; comments are not kept.
 */
export interface XmlElement {
  name: string
  attributes: Record<string, string>
  children: (XmlElement | string)[]
}

/**
 * Returns `text` as XML 1.0 can hold it: line ends become `\n`, control characters become blanks
 * so that no words are joined, blanks at the ends of lines are left out, because folded lines have them, and lone surrogates and the two non-characters become U+FFFD, so that their place stays visible.
 */
export function toXmlText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, ' ')
    .replace(/(?<! ) +\n/g, '\n')
    .replace(/\p{Surrogate}|\ufffe|\uffff/gu, '\ufffd')
}

/** The text of an element to write, or null where there is nothing to say. */
export function presentText(value: string | null | undefined): string | null {
  const text = toXmlText(value ?? '').trim()
  return text === '' ? null : text
}

/** An element with text; attributes that are null are left out. */
export function textElement(
  name: string,
  text: string,
  attributes: Record<string, string | null> = {}
): XmlElement {
  const given = Object.entries(attributes).flatMap(([key, value]) => {
    const present = presentText(value)
    return present === null ? [] : [[key, present] as const]
  })
  return { name, attributes: Object.fromEntries(given), children: [toXmlText(text).trim()] }
}

/** The element, or nothing when there is no text for it: spread it into a parent's children. */
export function optionalElement(
  name: string,
  value: string | number | null,
  attributes: Record<string, string | null> = {}
): XmlElement[] {
  const text = presentText(value === null ? null : String(value))
  return text === null ? [] : [textElement(name, text, attributes)]
}

/** An element with child elements. */
export function parentElement(
  name: string,
  children: XmlElement[],
  attributes: Record<string, string> = {}
): XmlElement {
  return { name, attributes, children }
}

/** Whether a record read from a document says nothing: every member null or an empty list. */
export function isEmptyRecord(record: object): boolean {
  return Object.values(record).every(
    (value) => value === null || (Array.isArray(value) && value.length === 0)
  )
}
