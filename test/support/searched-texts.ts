import type { Test } from 'tap'

/** The length of the longest text that was searched by an expression or folded since the last question. */
export function watchSearches(t: Test): () => number {
  let longest = 0
  const searched = Object.getOwnPropertyDescriptor(RegExp.prototype, 'exec')
  const folded = Object.getOwnPropertyDescriptor(String.prototype, 'normalize')
  const exec = searched?.value as (this: RegExp, text: string) => RegExpExecArray | null
  const normalize = folded?.value as (this: string, form?: string) => string
  const note = (text: string) => {
    longest = Math.max(longest, text.length)
  }
  Object.defineProperty(RegExp.prototype, 'exec', {
    ...searched,
    value(this: RegExp, text: string) {
      note(text)
      return exec.call(this, text)
    }
  })
  Object.defineProperty(String.prototype, 'normalize', {
    ...folded,
    value(this: string, form?: string) {
      note(this)
      return normalize.call(this, form)
    }
  })
  t.teardown(() => {
    Object.defineProperty(RegExp.prototype, 'exec', searched ?? {})
    Object.defineProperty(String.prototype, 'normalize', folded ?? {})
  })
  return () => {
    const found = longest
    longest = 0
    return found
  }
}

/** How often texts of at least this length were folded, until the test ends. */
export function countFolds(t: Test, length: number): () => number {
  let count = 0
  const folded = Object.getOwnPropertyDescriptor(String.prototype, 'normalize')
  const normalize = folded?.value as (this: string, form?: string) => string
  Object.defineProperty(String.prototype, 'normalize', {
    ...folded,
    value(this: string, form?: string) {
      // Each fold composes its letters at last.
      if (form === 'NFC' && this.length >= length) count += 1
      return normalize.call(this, form)
    }
  })
  t.teardown(() => {
    Object.defineProperty(String.prototype, 'normalize', folded ?? {})
  })
  return () => count
}
