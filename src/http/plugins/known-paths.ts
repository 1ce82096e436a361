import type { FastifyInstance } from 'fastify'

/**
 * Which methods each path of the API answers, for the refusal of the others. Read from the routes as
 * they are registered, so a path can't be forgotten.
 */
export class KnownPaths {
  readonly #methods = new Map<string, { pattern: RegExp; methods: Set<string> }>()

  constructor(app: FastifyInstance) {
    app.addHook('onRoute', ({ url, method }) => {
      // Files of the documentation are none of the contract's paths.
      if (url.includes('*')) return
      const known = this.#methods.get(url) ?? { pattern: patternOf(url), methods: new Set() }
      for (const one of [method].flat()) known.methods.add(one)
      this.#methods.set(url, known)
    })
  }

  /** The methods of the path of a URL, in order; none where the path is unknown. */
  methodsOf(url: string): string[] {
    const [path = ''] = url.split('?')
    const fitting = [...this.#methods.values()].filter(({ pattern }) => pattern.test(path))
    return [...new Set(fitting.flatMap(({ methods }) => [...methods]))].toSorted()
  }
}

function patternOf(url: string): RegExp {
  return new RegExp(`^${url.replaceAll(/:\w+/g, '[^/]+')}$`)
}
