/** Of one kind, so many are remembered; then all are forgotten, so that hostile settings take no memory. */
const MOST = 200

/** Remembers what is made of two texts, and makes each once. */
export function kept<Made>(make: (tag: string, detail: string) => Made) {
  const made = new Map<string, Made>()
  return (tag: string, detail = ''): Made => {
    const key = `${tag} ${detail}`
    const known = made.get(key)
    if (known !== undefined) return known
    if (made.size >= MOST) made.clear()
    const one = make(tag, detail)
    made.set(key, one)
    return one
  }
}
