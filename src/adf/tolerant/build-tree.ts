import { elementKey } from '../../domain/adf/element-cursor.ts'
import type { XmlElement } from '../../domain/adf/xml.ts'
import { placeOf } from '../adf-error.ts'
import type { Repairs } from '../../decoding/repairs.ts'
import { TreeBuilder } from '../tree-builder.ts'
import { isLeaf, parentsOf } from './known-elements.ts'
import type { Token } from './tokens.ts'

export interface TolerantTree {
  /** The content of the document: elements and texts. */
  document: XmlElement
  /** Whether the document ends within a prospect: the rest of it is missing. */
  isCut: boolean
}

/**
 * The tokens of a document as elements. If each end tag has its start tag, the tags determine the nesting;
 * otherwise the places of ADF's elements do. Throws an `AdfError` beyond the limits.
 */
export function buildTree(text: string, tokens: readonly Token[], repairs: Repairs): TolerantTree {
  return new TokenTree(text, repairs, !areTagsPaired(tokens)).build(tokens)
}

function areTagsPaired(tokens: readonly Token[]): boolean {
  const open: string[] = []
  for (const token of tokens) {
    if (token.kind === 'open' && !token.isEmpty) open.push(elementKey(token.name))
    if (token.kind === 'close' && open.pop() !== elementKey(token.name)) return false
  }
  return open.length === 0
}

class TokenTree {
  readonly #tree: TreeBuilder
  readonly #repairs: Repairs
  readonly #isGuessing: boolean
  #offset = 0

  constructor(text: string, repairs: Repairs, isGuessing: boolean) {
    this.#tree = new TreeBuilder(() => placeOf(text, this.#offset))
    this.#repairs = repairs
    this.#isGuessing = isGuessing
  }

  build(tokens: readonly Token[]): TolerantTree {
    for (const token of tokens) {
      this.#offset = token.offset
      this.#add(token)
    }
    const isCut = this.#tree.open.some((name) => elementKey(name) === 'prospect')
    while (this.#tree.open.length > 0) this.#closeEarly()
    return { document: this.#tree.document, isCut }
  }

  #add(token: Token): void {
    switch (token.kind) {
      case 'text':
        this.#tree.addText(token.text)
        break
      case 'instruction':
        this.#tree.addInstruction(token.target, token.body)
        break
      case 'open':
        if (this.#isGuessing) this.#makeRoom(token.name)
        for (const _ of Object.keys(token.attributes)) this.#tree.countAttribute()
        this.#tree.openElement(token.name, token.attributes)
        if (token.isEmpty) this.#tree.closeElement()
        break
      case 'close':
        this.#close(token.name)
    }
  }

  /** Closes the open elements that can't contain this one: texts first, then down to its place. */
  #makeRoom(name: string): void {
    const parents = parentsOf(name)
    if (!parents && !isLeaf(name)) return
    while (isLeaf(this.#tree.top)) this.#closeEarly()
    if (!parents) return
    const { open } = this.#tree
    const place = open.findLastIndex(
      (name) => parents.includes(elementKey(name)) || (!isLeaf(name) && parentsOf(name) === null)
    )
    // Without its place, an element follows an open one of its kind.
    const sibling = open.findIndex((other) => elementKey(other) === elementKey(name))
    const depth = place === -1 ? sibling : place + 1
    while (depth !== -1 && this.#tree.open.length > depth) this.#closeEarly()
  }

  /** Closes the element and what is open in it; an end tag without a start tag is passed over. */
  #close(name: string): void {
    const key = elementKey(name)
    const place = this.#tree.open.findLastIndex((open) => elementKey(open) === key)
    if (this.#tree.open[place] !== name) {
      this.#repairs.add('faulty_tag', this.#offset, `</${name}>`)
    }
    if (place === -1) return
    while (this.#tree.open.length > place + 1) this.#closeEarly()
    this.#tree.closeElement()
  }

  #closeEarly(): void {
    this.#repairs.add('unclosed_element', this.#offset, `<${this.#tree.top}>`)
    this.#tree.closeElement()
  }
}
