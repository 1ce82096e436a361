import type { XmlElement } from '../domain/adf/xml.ts'
import { AdfError } from './adf-error.ts'

const MAX_DEPTH = 64
const MAX_ELEMENTS = 20_000
const MAX_ATTRIBUTES = 20_000

/** The name of the element around the content of a document: one root or several, and text. */
export const DOCUMENT = '#document'

/**
 * Collects a parser's events into elements; neighbouring pieces of text become one. Processing
 * instructions count as elements. Throws an `AdfError` beyond the limits.
 */
export class TreeBuilder {
  readonly document: XmlElement = { name: DOCUMENT, attributes: {}, children: [] }
  readonly #path: XmlElement[] = [this.document]
  readonly #place: () => { line: number; column: number }
  #elements = 0
  #attributes = 0

  /** `place` returns the position of the parser, for the error of an exceeded limit. */
  constructor(place: () => { line: number; column: number }) {
    this.#place = place
  }

  /** The names of the elements that are open, the outermost first. */
  get open(): readonly string[] {
    return this.#path.slice(1).map(({ name }) => name)
  }

  /** The open element; if all are closed, the document. */
  get top(): string {
    return this.#path.at(-1)?.name ?? DOCUMENT
  }

  openElement(name: string, attributes: Record<string, string>): void {
    const element: XmlElement = { name, attributes: { ...attributes }, children: [] }
    this.#path.at(-1)?.children.push(element)
    this.#path.push(element)
    this.#elements += 1
    // The document itself is on the path.
    if (this.#path.length - 1 > MAX_DEPTH) this.#refuse('elements are nested too deeply')
    if (this.#elements > MAX_ELEMENTS) this.#refuse('too many elements')
  }

  /** To be called for each attribute: strict parsers tell of it before its element. */
  countAttribute(): void {
    this.#attributes += 1
    if (this.#attributes > MAX_ATTRIBUTES) this.#refuse('too many attributes')
  }

  closeElement(): void {
    if (this.#path.length > 1) this.#path.pop()
  }

  addInstruction(target: string, body: string): void {
    this.openElement(`?${target}`, {})
    this.addText(body)
    this.closeElement()
  }

  addText(piece: string): void {
    const siblings = this.#path.at(-1)?.children
    if (!siblings || piece === '') return
    const last = siblings.at(-1)
    if (typeof last === 'string') siblings[siblings.length - 1] = last + piece
    else siblings.push(piece)
  }

  #refuse(reason: string): never {
    throw new AdfError('too-complex', reason, this.#place())
  }
}
