import { isObject } from './is-object.ts'

/** Lines as a list, and a text in an object that says what kind of text it is: `{"text": …}`. */
export function readProse(value: unknown): unknown {
  if (Array.isArray(value)) {
    const lines = value.map(readProse)
    return lines.every((line) => typeof line === 'string') ? lines.join('\n') : value
  }
  if (typeof value === 'number') return String(value)
  if (!isObject(value)) return value
  const texts = Object.entries(value).filter(([, text]) => text !== null && text !== '')
  const [[name, text] = []] = texts
  const isText = texts.length === 1 && name !== undefined && TEXT_MEMBERS.has(name)
  return isText ? readProse(text) : value
}

const TEXT_MEMBERS = new Set(['text', 'body', 'value', 'content', 'message', 'plain', 'comment'])
