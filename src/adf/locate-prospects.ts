import { elementKey, localName } from '../domain/adf/element-cursor.ts'
import type { Prospects } from '../domain/adf/read-prospects.ts'
import type { UnmappedValue } from '../domain/leads/lead.ts'
import type { XmlElement } from '../domain/adf/xml.ts'

export interface LocatedProspects extends Prospects {
  /** How the document departs from one `adf` with its prospects and nothing around it. */
  departures: UnmappedValue[]
}

const MAX_NAME = 100

/**
 * The prospects of a document, wherever they are: in `adf`, in another element, in several documents one
 * after the other, or alone. Without one, the element around a customer counts as one. Null: the document has no prospect.
 */
export function locateProspects(document: XmlElement): LocatedProspects | null {
  const isFound = outermost(document, isProspect).length > 0 ? isProspect : holdsPerson
  const found = outermost(document, isFound)
  if (found.length === 0) return null

  const roots = elementsOf(document).filter(({ name }) => !name.startsWith('?'))
  const adf = roots.find(({ name }) => localName(name) === 'adf')
  const inside = new Set(adf?.children)
  const isUsual = roots.length === 1 && adf && found.every((one) => inside.has(one))
  const outside = isUsual
    ? without(adf, isFound)
    : without({ ...document, children: roots }, isFound)
  return {
    prospects: found.map((element) => ({ ...element, name: 'prospect' })),
    outside: { ...outside, name: isUsual ? 'adf' : 'document' },
    departures: [...otherRoot(isUsual ? [] : roots), ...textsAround(document)]
  }
}

function otherRoot(roots: readonly XmlElement[]): UnmappedValue[] {
  if (roots.length === 0) return []
  const names = roots.map(({ name }) => name).join(' ')
  return [{ path: 'document', text: names.slice(0, MAX_NAME), code: 'other_root' }]
}

function textsAround({ children }: XmlElement): UnmappedValue[] {
  return children.flatMap((child) => {
    const text = typeof child === 'string' ? child.trim() : ''
    return text === '' ? [] : [{ path: 'document', text, code: 'text_around_document' as const }]
  })
}

/** The text of an element that is a document itself, with the other elements. */
export function findEscapedDocument(
  document: XmlElement
): { text: string; name: string; rest: XmlElement[] } | null {
  const holder = isHolder(document) ? document : outermost(document, isHolder).at(0)
  if (!holder) return null
  const text = holder.children.filter((child) => typeof child === 'string').join('')
  const rest = holder === document ? document : without(document, isHolder)
  return { text, name: holder.name.slice(0, MAX_NAME), rest: elementsOf(rest) }
}

function isHolder({ children }: XmlElement): boolean {
  return children.some((child) => typeof child === 'string' && ADF_TAG.test(child))
}

export const ADF_TAG = /<(?:[\w.-]{1,40}:)?(?:adf|prospect)\b/i

function isProspect({ name }: XmlElement): boolean {
  return localName(name) === 'prospect'
}

function holdsPerson(element: XmlElement): boolean {
  return elementsOf(element).some(({ name }) => ['customer', 'contact'].includes(elementKey(name)))
}

function elementsOf({ children }: XmlElement): XmlElement[] {
  return children.filter((child) => typeof child !== 'string')
}

/** The wanted elements in this one that are not in another wanted element. */
function outermost(element: XmlElement, isWanted: (element: XmlElement) => boolean): XmlElement[] {
  return elementsOf(element).flatMap((child) =>
    isWanted(child) ? [child] : outermost(child, isWanted)
  )
}

/** The element without its wanted elements, and without elements that contain nothing else. */
function without(element: XmlElement, isWanted: (element: XmlElement) => boolean): XmlElement {
  const children = element.children.flatMap((child): XmlElement['children'] => {
    if (typeof child === 'string') return [child]
    if (isWanted(child)) return []
    const rest = without(child, isWanted)
    const isEmptied = rest.children.length < child.children.length && saysNothing(rest)
    return isEmptied ? [] : [rest]
  })
  return { ...element, children }
}

function saysNothing({ attributes, children }: XmlElement): boolean {
  const isSilent = children.every((child) => typeof child === 'string' && child.trim() === '')
  return isSilent && Object.keys(attributes).every((name) => /^xmlns(?::|$)/i.test(name))
}
