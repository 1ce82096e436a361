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
