import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'

interface OpenApiDocument {
  paths: Record<string, Record<string, { responses: Record<string, AnswerObject> }>>
  components: { schemas: Record<string, object>; responses?: Record<string, AnswerObject> }
}
interface AnswerObject {
  /** To the component that it is. */
  $ref?: string
  content?: Record<string, { schema?: object }>
}

const checkers = new WeakMap<FastifyInstance, Checker>()

/**
 * Throws when an answer is not one that the OpenAPI document promises: an undeclared status or media
 * type, a missing, wrong or undeclared member. Fastify's serialiser alone would let most of it pass.
 */
export function checkAnswer(
  app: FastifyInstance,
  request: InjectOptions,
  answer: LightMyRequestResponse
): void {
  let checker = checkers.get(app)
  if (!checker) checkers.set(app, (checker = new Checker(app)))
  const url = typeof request.url === 'string' ? request.url : ''
  checker.check(String(request.method ?? 'GET'), url, answer)
}

class Checker {
  readonly #document: OpenApiDocument
  readonly #ajv: Ajv2020
  readonly #paths: { pattern: RegExp; path: string }[]
  /** By the answer's name: compiling takes longer than checking. */
  readonly #compiled = new Map<string, ValidateFunction>()

  constructor(app: FastifyInstance) {
    this.#document = app.swagger() as unknown as OpenApiDocument
    this.#ajv = new Ajv2020({ strict: false, allErrors: true })
    addFormats.default(this.#ajv)
    this.#ajv.addSchema({ $id: 'openapi', components: this.#document.components })
    this.#paths = Object.keys(this.#document.paths)
      // Fixed paths before those with parameters.
      .toSorted((a, b) => a.split('{').length - b.split('{').length)
      .map((path) => ({ path, pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`) }))
  }

  check(method: string, url: string, answer: LightMyRequestResponse): void {
    const [pathname = ''] = url.split('?')
    const path = this.#paths.find(({ pattern }) => pattern.test(pathname))?.path
    const operation = path && this.#document.paths[path]?.[method.toLowerCase()]
    if (!operation) return
    const name = `${method} ${path} ${answer.statusCode}`
    const declared = this.#resolve(operation.responses[String(answer.statusCode)])
    if (!declared) throw new Error(`${name} is not in the OpenAPI document: ${answer.body}`)
    if (answer.body === '') return
    const [mediaType = ''] = String(answer.headers['content-type']).split(';')
    const content = declared.content?.[mediaType]
    if (!content) throw new Error(`${name} answers ${mediaType}, which is not declared`)
    if (!content.schema || !/[/+]json$/.test(mediaType)) return
    this.#validate(name, content.schema, answer.json())
  }

  #resolve(answer: AnswerObject | undefined): AnswerObject | undefined {
    const component = answer?.$ref?.split('/').at(-1)
    return component === undefined ? answer : this.#document.components.responses?.[component]
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
