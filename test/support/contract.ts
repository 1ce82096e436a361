import { readFileSync } from 'node:fs'

import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'

interface OpenApiDocument {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, object>; responses?: Record<string, ResponseObject> }
}
interface Operation {
  operationId: string
  responses: Record<string, ResponseObject>
}
interface ResponseObject {
  /** To the component that it is. */
  $ref?: string
  content?: Record<string, { schema?: object }>
}

let checker: Checker | null = null

/**
 * Returns the id of the response's operation, or null where the document has none. Throws when the
 * response is not one that the document promises: an undeclared status or media type, a missing,
 * wrong or undeclared member. Fastify's serialiser alone would let most of it pass.
 * The document is the committed one: test/project/openapi.test.ts compares it with the routes.
 */
export function checkResponse(
  request: InjectOptions,
  response: LightMyRequestResponse
): string | null {
  checker ??= new Checker()
  const url = typeof request.url === 'string' ? request.url : ''
  return checker.check(String(request.method ?? 'GET'), url, response)
}

class Checker {
  readonly #document: OpenApiDocument
  readonly #ajv: Ajv2020
  readonly #paths: { pattern: RegExp; path: string }[]
  /** By the response's name: compiling takes longer than checking. */
  readonly #compiled = new Map<string, ValidateFunction>()

  constructor() {
    this.#document = JSON.parse(readFileSync('openapi/openapi.json', 'utf8')) as OpenApiDocument
    // Compiling costs more than checking: nothing is made shorter, nor is the document itself checked.
    this.#ajv = new Ajv2020({
      strict: false,
      allErrors: true,
      inlineRefs: false,
      validateSchema: false,
      code: { optimize: false }
    })
    addFormats.default(this.#ajv)
    this.#ajv.addSchema({ $id: 'openapi', components: this.#document.components })
    this.#paths = Object.keys(this.#document.paths)
      // Fixed paths before those with parameters.
      .toSorted((a, b) => a.split('{').length - b.split('{').length)
      .map((path) => ({ path, pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`) }))
  }

  check(method: string, url: string, response: LightMyRequestResponse): string | null {
    const [pathname = ''] = url.split('?')
    const path = this.#paths.find(({ pattern }) => pattern.test(pathname))?.path
    const operation = path && this.#document.paths[path]?.[method.toLowerCase()]
    if (!operation) return null
    const name = `${method} ${path} ${response.statusCode}`
    const declared = this.#resolve(operation.responses[String(response.statusCode)])
    if (!declared) throw new Error(`${name} is not in the OpenAPI document: ${response.body}`)
    if (response.body === '') return operation.operationId
    const [mediaType = ''] = String(response.headers['content-type']).split(';')
    const content = declared.content?.[mediaType]
    if (!content) throw new Error(`${name} is ${mediaType}, which is not declared`)
    if (content.schema && /[/+]json$/.test(mediaType)) {
      this.#validate(name, content.schema, response.json())
    }
    return operation.operationId
  }

  #resolve(response: ResponseObject | undefined): ResponseObject | undefined {
    const component = response?.$ref?.split('/').at(-1)
    return component === undefined ? response : this.#document.components.responses?.[component]
  }

  #validate(name: string, schema: object, body: unknown): void {
    let validate = this.#compiled.get(name)
    if (!validate) this.#compiled.set(name, (validate = this.#compile(schema)))
    if (!validate(body)) {
      throw new Error(`${name} breaks its schema: ${this.#ajv.errorsText(validate.errors)}`)
    }
  }

  #compile(schema: object): ValidateFunction {
    const text = JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components')
    return this.#ajv.compile(JSON.parse(text) as object)
  }
}
