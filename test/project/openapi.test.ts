import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import t from 'tap'

import { describeApi } from '../../src/commands/describe-api.ts'
import { PROBLEM_BASE, PROBLEM_KINDS } from '../../src/http/problems.ts'
import { ADF_EXAMPLE } from '../../src/adf/adf-example.ts'
import { readOne, validate } from '../adf/documents.ts'

interface MediaType {
  schema: object
  example?: unknown
  examples?: Record<string, { $ref: string }>
}
interface Answer {
  description: string
  headers: Record<string, { $ref: string }>
  content?: Record<string, MediaType>
}
interface Operation {
  operationId?: string
  tags?: string[]
  summary?: string
  description?: string
  security?: Record<string, string[]>[]
  parameters?: { name: string; in: string }[]
  requestBody?: { content: Record<string, MediaType> }
  responses: Record<string, Answer | { $ref: string }>
  'x-access'?: { kind: string }
}
interface Document {
  openapi: string
  tags: { name: string }[]
  'x-tagGroups': { name: string; tags: string[] }[]
  paths: Record<string, Record<string, Operation>>
  components: {
    schemas: Record<string, { examples?: unknown[] }>
    examples: Record<string, { value: Record<string, unknown> }>
    responses: Record<string, Answer>
    headers: Record<string, { schema: object; example: unknown }>
    securitySchemes: Record<string, unknown>
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const text = await describeApi()
const document = JSON.parse(text) as Document
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    path,
    operation
  }))
)

const ajv = new Ajv2020({ strict: false, allErrors: true })
addFormats.default(ajv)
ajv.addSchema({ $id: 'openapi', components: document.components })

/** By their schemas as text: compiling one takes longer than checking an example by it. */
const compiled = new Map<string, ValidateFunction>()

/** What is wrong with a value by a schema of the document; empty: nothing. */
function faultsOf(schema: object, value: unknown): string {
  const local = JSON.stringify(schema).replaceAll('"#/components', '"openapi#/components')
  const check = compiled.get(local) ?? ajv.compile(JSON.parse(local) as object)
  compiled.set(local, check)
  return check(value) ? '' : ajv.errorsText(check.errors)
}

interface Expect {
  (condition: boolean, fault: string): void
  /** That a value keeps to its schema. */
  right: (schema: object, value: unknown, name: string) => void
}

/** All that was not as expected: one list to read instead of thousands of passed assertions. */
function listFaults(check: (expect: Expect) => void): string[] {
  const faults: string[] = []
  const expect = (condition: boolean, fault: string): void => {
    if (!condition) faults.push(fault)
  }
  const right = (schema: object, value: unknown, name: string): void => {
    const fault = faultsOf(schema, value)
    if (fault !== '') faults.push(`${name}: its example is wrong: ${fault}`)
  }
  check(Object.assign(expect, { right }))
  return faults
}

function lastPart(reference: string): string {
  return reference.split('/').at(-1) ?? ''
}

/** Runs a linter of `node_modules` on the document and returns what it prints as JSON. */
async function lint(module: string, ...words: string[]): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'leadyard-lint-'))
  try {
    const file = join(folder, 'openapi.json')
    await writeFile(file, text)
    const program = createRequire(import.meta.url).resolve(module)
    // Through `env`: tap's hooks are not for other programs, and nothing is reported to anybody.
    const quiet = ['REDOCLY_TELEMETRY=off', 'REDOCLY_SUPPRESS_UPDATE_NOTICE=true', 'CI=true']
    const path = `PATH=${process.env.PATH ?? ''}`
    const given = ['-i', path, ...quiet, process.execPath, program, 'lint', file, ...words]
    return await new Promise((resolve, reject) => {
      execFile('env', given, { cwd: root, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
        try {
          resolve(JSON.parse(stdout))
        } catch {
          reject(new Error(`${module} said no JSON: ${stderr}`, { cause: error }))
        }
      })
    })
  } finally {
    await rm(folder, { recursive: true })
  }
}

void t.test('openapi/openapi.json is what the routes say', async (t) => {
  const committed = await readFile(new URL('../../openapi/openapi.json', import.meta.url), 'utf8')
  t.ok(committed === text, 'the same byte for byte; else run `npm run openapi:write`')
  t.equal(await describeApi(), text, 'and it comes out the same every time')
})

void t.test('Redocly has nothing against it', async (t) => {
  const { problems, totals } = (await lint(
    '@redocly/cli/bin/cli.js',
    '--config=.config/redocly.yaml',
    '--format=json'
  )) as { problems: { ruleId: string; message: string }[]; totals: Record<string, number> }
  t.strictSame(
    problems.map(({ ruleId, message }) => `${ruleId}: ${message}`),
    []
  )
  t.strictSame(totals, { errors: 0, warnings: 0, ignored: 0 })
})

void t.test('Spectral has nothing against it', async (t) => {
  const found = (await lint(
    '@stoplight/spectral-cli/dist/index.js',
    '--ruleset=.config/spectral.yaml',
    '--format=json',
    '--quiet'
  )) as { code: string; message: string; path: string[] }[]
  t.strictSame(
    found.map(({ code, message, path }) => `${code} at ${path.join('/')}: ${message}`),
    []
  )
})

void t.test('every operation says what it is and who may call it', (t) => {
  t.equal(document.openapi, '3.1.0')
  t.ok(operations.length > 5)
  const ids = operations.map(({ operation }) => operation.operationId)
  t.equal(new Set(ids).size, ids.length, 'operationIds are unique')
  const tags = document.tags.map(({ name }) => name)
  t.strictSame(
    document['x-tagGroups'].flatMap((group) => group.tags),
    tags,
    'the groups hold every tag once, in the order of the tags'
  )
  const wrong = listFaults((expect) => {
    for (const { name, path, operation } of operations) {
      const { operationId = '', summary = '', description = '', security } = operation
      expect(/^[a-z][A-Za-z]+$/.test(operationId), `${name} has no operationId`)
      expect(operation.tags?.length === 1, `${name} has not one tag`)
      expect(tags.includes(operation.tags?.[0] ?? ''), `${name}: its tag is not described`)
      expect(/^[A-Z].*[^.]$/.test(summary), `${name} has no summary`)
      expect(/^[A-Z][^]*\.$/.test(description), `${name} has no description`)
      const access = operation['x-access']
      expect(access !== undefined || !path.startsWith('/v1/'), `${name} has no x-access`)
      const schemes = (security ?? []).flatMap((one) => Object.keys(one))
      const isPublic = access?.kind === 'public'
      expect(security !== undefined, `${name} says nothing of credentials`)
      expect(
        isPublic === (schemes.length === 0),
        `${name} names other credentials than it asks for`
      )
      const known = schemes.filter((scheme) => scheme in document.components.securitySchemes)
      expect(known.length === schemes.length, `${name} names unknown credentials`)
    }
  })
  t.strictSame(wrong, [])
  t.end()
})

void t.test('descriptions name operations by method and path, which readers see', (t) => {
  const ids = new Set(operations.map(({ operation }) => operation.operationId))
  const named = operations.flatMap(({ name, operation }) =>
    [...JSON.stringify(operation).matchAll(/`([a-z]+[A-Z]\w+)`/g)]
      .filter(([, word]) => ids.has(word))
      .map(([, word]) => `${name}: ${word ?? ''}`)
  )
  t.strictSame(named, [])
  t.end()
})

// Guards client generators: with several media types they send none, and beside a $ref they drop the rest.
void t.test(
  'operations have unique ids and one media type for their body; references are alone',
  (t) => {
    const ids = operations.map(({ operation }) => operation.operationId)
    t.strictSame(ids, [...new Set(ids)])
    for (const { name, operation } of operations) {
      const { content = {} } = operation.requestBody ?? {}
      t.ok(Object.keys(content).length <= 1, `${name}: ${Object.keys(content).join(', ')}`)
    }
    JSON.parse(text, (key, value: unknown) => {
      if (key === 'examples' || typeof value !== 'object' || value === null) return value
      if ('$ref' in value) t.strictSame(Object.keys(value), ['$ref'])
      return value
    })
    t.end()
  }
)

void t.test('every operation has the problem responses that follow from its shape', (t) => {
  const missing = operations.flatMap(({ name, operation }) => {
    const expected = ['400', '429', '500', '503']
    if (operation['x-access']?.kind !== 'public') expected.push('401', '403')
    if (operation.parameters?.some((one) => one.in === 'path')) expected.push('404')
    if (operation.requestBody) expected.push('413', '415', '422')
    if (operation.parameters?.some((one) => one.name === 'If-Match')) expected.push('412')
    const answers = Object.keys(operation.responses)
    if (!answers.some((status) => Number(status) < 400)) expected.push('2xx')
    return expected.filter((status) => !answers.includes(status)).map((one) => `${name} ${one}`)
  })
  t.strictSame(missing, [])
  t.end()
})

void t.test('every request and response body has examples that keep to their schemas', (t) => {
  const { schemas, headers, examples, responses } = document.components
  const wrong = listFaults((expect) => {
    for (const { name, operation } of operations) {
      for (const [type, media] of Object.entries(operation.requestBody?.content ?? {})) {
        checkExample(expect, `${name} ${type}`, type, media)
      }
      for (const [status, given] of Object.entries(operation.responses)) {
        const where = `${name} ${status}`
        const answer = '$ref' in given ? responses[lastPart(given.$ref)] : given
        if (!answer) {
          expect(false, `${where} is not there`)
          continue
        }
        const hasContent = answer.content !== undefined
        expect(answer.description !== '', `${where} is not described`)
        expect(hasContent === !/^(204|3..)$/.test(status), `${where} has content, or has none`)
        for (const { $ref } of Object.values(answer.headers)) {
          expect(lastPart($ref) in headers, `${where}: ${$ref} is not there`)
        }
        for (const [type, media] of Object.entries(answer.content ?? {})) {
          if (Number(status) >= 400 && type !== 'text/html')
            checkProblems(expect, where, Number(status), media)
          else checkExample(expect, `${where} ${type}`, type, media)
        }
      }
    }
    for (const [name, schema] of Object.entries(schemas)) {
      for (const example of schema.examples ?? []) {
        expect.right({ $ref: `#/components/schemas/${name}` }, example, name)
      }
    }
    for (const [name, { schema, example }] of Object.entries(headers)) {
      expect.right(schema, example, name)
    }
  })
  t.strictSame(wrong, [])
  t.end()

  function checkExample(expect: Expect, name: string, type: string, media: MediaType): void {
    expect(media.example !== undefined, `${name} has no example`)
    expect.right(media.schema, media.example, name)
    if (/\bxml$/.test(type) && type !== 'image/svg+xml')
      expect(media.example === ADF_EXAMPLE, `${name} does not show ADF`)
  }

  function checkProblems(expect: Expect, name: string, status: number, media: MediaType): void {
    const named = Object.entries(media.examples ?? {})
    expect(named.length > 0, `${name} has no example`)
    for (const [type, { $ref }] of named) {
      const value = examples[lastPart($ref)]?.value ?? {}
      expect.right(media.schema, value, `${name} ${type}`)
      expect(value.status === status, `${name} ${type} has another status`)
      expect(value.type === `${PROBLEM_BASE}${type}`, `${name} ${type} has another type`)
      expect(type in PROBLEM_KINDS, `${name} ${type} is not in the catalogue`)
    }
  }
})

void t.test('the ADF shown is valid, and says what the JSON example says', (t) => {
  validate(ADF_EXAMPLE)
  const content = readOne(ADF_EXAMPLE)
  t.hasStrict(content.contact, { firstName: 'Łukasz', lastName: 'Żółć' })
  t.hasStrict(content.vehicles[0], { make: 'Kia', model: 'Ceed', year: 2022, stockNumber: 'U1234' })
  t.strictSame(content.unmapped, [])
  t.end()
})
