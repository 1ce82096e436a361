import vm from 'node:vm'
import t from 'tap'

import { describeApi } from '../../src/commands/describe-api.ts'
import { sharedSchemas } from '../../src/schemas/all.ts'
import { createValidatorCompiler } from '../../src/http/validation.ts'

/** All faults are reported at once, so a pattern also runs on text longer than its field allows. */
const TEXT_LENGTH = 128 * 1024

/** A linear check of one text takes a few milliseconds, the square of it some ten seconds. */
const LIMIT_MS = 5_000

const CALL = new vm.Script('isValid(text)')

type Check = { pattern: string } | { format: string }

/** Every pattern and format of the schemas, each once. */
function listChecks(schemas: unknown): Check[] {
  const checks = new Map<string, Check>()
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return
    const { type, pattern, format, patternProperties = {} } = value as Record<string, unknown>
    for (const name of [pattern, ...Object.keys(patternProperties as object)]) {
      if (typeof name === 'string') checks.set(name, { pattern: name })
    }
    if (type !== undefined && typeof format === 'string') checks.set(format, { format })
    Object.values(value).forEach(visit)
  }
  visit(schemas)
  return [...checks.values()]
}

/** Words of one and two of these characters, and of two letters after one that is none. */
function wordsOf(characters: readonly string[]): string[] {
  const pairs = characters.flatMap((first) => characters.map((second) => first + second))
  return [...characters, ...pairs, ...characters.map((character) => `${character}aa`)]
}

/** Long repetitions of the characters that the check tells apart, with an end that fits nowhere. */
function* hostileTexts(check: Check): Generator<string> {
  const named = 'format' in check ? '-:T/.%@' : check.pattern.replace(/[\w\s[\](){}^$|\\"*+?]/g, '')
  const starts =
    'format' in check ? ['', 'https://', '2026-11-21', '2026-11-21T17:03:12.'] : ['', 'aa', '20']
  for (const word of wordsOf([...new Set(`a0 ${named}`)].slice(0, 7))) {
    const repeated = word.repeat(TEXT_LENGTH / word.length)
    for (const start of starts) yield `${start}${repeated}\n`
  }
}

// Guards the patterns of schemas: `^[a-z0-9](-?[a-z0-9]+)*$` stopped the process for every dealer.
void t.test('no pattern of a schema takes long on hostile text', async (t) => {
  const compile = createValidatorCompiler([])
  const checks = listChecks([sharedSchemas, JSON.parse(await describeApi())])
  t.ok(checks.length > 20, `${checks.length} patterns and formats`)
  for (const check of checks) {
    const schema = { type: 'string', ...check }
    const isValid = compile({ schema, method: 'POST', url: '/', httpPart: 'body' })
    const scene = vm.createContext({ isValid, text: '' })
    const slow: string[] = []
    for (const text of hostileTexts(check)) {
      scene.text = text
      try {
        CALL.runInContext(scene, { timeout: LIMIT_MS })
      } catch (error) {
        t.equal((error as { code?: string }).code, 'ERR_SCRIPT_EXECUTION_TIMEOUT')
        slow.push(`${text.slice(0, 20)}…`)
        break
      }
    }
    t.strictSame(slow, [], JSON.stringify(check))
  }
})
