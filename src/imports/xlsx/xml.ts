import { SaxesParser } from 'saxes'

import { fileFault } from '../file-fault.ts'

/** The handler of the XML of one part of a workbook. Names have no prefixes. */
export interface XmlHandler {
  open?: (name: string, attributes: Readonly<Record<string, string>>) => void
  text?: (text: string) => void
  close?: (name: string) => void
}

/** The maximum length of text without a tag: longer text is not a cell. */
const MAX_UNTAGGED = 4 * 1024 * 1024
const MAX_DEPTH = 100

/**
 * Reads XML piece by piece. Between two pieces the caller can take the results of the handler. Entities
 * are not expanded, and no document type is read.
 */
export async function* readXml(
  bytes: AsyncIterable<Uint8Array>,
  handler: XmlHandler
): AsyncGenerator<void> {
  const parser = new SaxesParser()
  let decoder: InstanceType<typeof TextDecoder> | null = null
  let untagged = 0
  let depth = 0
  parser.on('doctype', () => {
    throw fileFault('workbook_part_has_doctype')
  })
  parser.on('error', () => {
    throw fileFault('workbook_part_not_xml')
  })
  parser.on('opentag', ({ name, attributes }) => {
    untagged = 0
    if (++depth > MAX_DEPTH) throw fileFault('workbook_part_too_deep')
    handler.open?.(localName(name), attributes)
  })
  parser.on('closetag', ({ name }) => {
    untagged = 0
    depth--
    handler.close?.(localName(name))
  })
  if (handler.text) {
    parser.on('text', handler.text)
    parser.on('cdata', handler.text)
  }
  for await (const piece of bytes) {
    decoder ??= new TextDecoder(encodingOf(piece))
    untagged += piece.length
    parser.write(decoder.decode(piece, { stream: true }))
    if (untagged > MAX_UNTAGGED) throw fileFault('workbook_text_too_long')
    yield
  }
  parser.close()
  yield
}

/** Reads a small part at once. */
export async function readWholeXml(
  bytes: AsyncIterable<Uint8Array>,
  handler: XmlHandler
): Promise<void> {
  const pieces = readXml(bytes, handler)
  while ((await pieces.next()).done !== true);
}

/** XML is UTF-8, or UTF-16 by its first bytes. */
function encodingOf(head: Uint8Array): string {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  return head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : 'utf-8'
}

function localName(name: string): string {
  const colon = name.indexOf(':')
  return colon === -1 ? name : name.slice(colon + 1)
}

/** An attribute by its name without a prefix, such as `r:id`'s. */
export function attribute(
  attributes: Readonly<Record<string, string>>,
  name: string
): string | undefined {
  if (Object.hasOwn(attributes, name)) return attributes[name]
  const prefixed = Object.keys(attributes).find((key) => key.endsWith(`:${name}`))
  return prefixed === undefined ? undefined : attributes[prefixed]
}
