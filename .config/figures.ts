import { readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'

import ts from 'typescript'

// Prints how the code is built: sizes, arrows between folders, and how many places write a fact or
// a row. `npm run figures` prints the checkout it is run in.

interface Source {
  path: string
  text: string
  tree: ts.SourceFile
}

interface Arrow {
  from: string
  to: string
}

/** An import may only go to a layer further down this list, or stay in its own. */
const LAYERS = ['routes', 'use-cases', 'repositories', 'domain'] as const

const sources = read('src')
const tests = read('test')
const arrows = sources.flatMap(importsOf)

print('src: files', sources.length)
print('src: lines', total(sources))
print('src: lines a file, median / 95th percentile / longest', spread(sources.map(linesOf)))
print('src: files over 300 lines', sources.filter((source) => linesOf(source) > 300).length)
const functions = sources.flatMap(functionsOf)
print('src: lines a function, median / 95th percentile / longest', spread(functions.map(sizeOf)))
print('src: functions over 70 lines outside route registrations', longFunctions().length)
for (const one of longFunctions()) print(`  ${one.name}`, one.lines)
print('src: comment lines, percent', commentShare())
print('test: files', tests.length)
print('test: lines', total(tests))
print('test: `any`', count(tests, isAny))
print('test: `!`', count(tests, ts.isNonNullExpression))
print('src: `any`', count(sources, isAny))
print('src: `!`', count(sources, ts.isNonNullExpression))
print('domain: pairs of folders that import each other', mutualPairs().length)
for (const pair of mutualPairs()) print(`  ${pair}`, '')
print('layers: arrows that run up', arrows.filter(runsUp).length)
print('routes: files that write', writers().length)
for (const path of writers()) print(`  ${path}`, '')
const useCases = sources.filter(({ path }) => /^src\/use-cases\/[^/]+\/[^/]+\.ts$/.test(path))
const owners = useCases.filter(ownsTransaction)
print('use cases: files that own their transaction', `${owners.length} of ${useCases.length}`)
for (const { path } of useCases.filter((one) => !ownsTransaction(one))) print(`  not: ${path}`, '')
const BUSY =
  /'new',\s*'working',\s*'nurturing',\s*'qualified'\s*[\])]|\bisBusy: true[^]*\bisBusy: true/g
const MOVES = /'lead\.status_changed',\s*'lead\.linked',\s*'lead\.converted'/g
print('busy groups: spellings in src', spellings(BUSY, sources))
print('move events: spellings in src', spellings(MOVES, sources))
// Columns and indexes that are generated from the one list.
print('move events: spellings in migrations', spellings(MOVES, migrations()))

function read(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const path = join(folder, name)
      const text = readFileSync(path, 'utf8')
      return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true) }
    })
}

function linesOf({ text }: Source): number {
  return text.split('\n').length - 1
}

function total(files: readonly Source[]): number {
  return files.reduce((sum, source) => sum + linesOf(source), 0)
}

function spread(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b)
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
  return `${at(0.5) ?? 0} / ${at(0.95) ?? 0} / ${sorted.at(-1) ?? 0}`
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node)
  node.forEachChild((child) => {
    visit(child, see)
  })
}

function functionsOf({ path, tree }: Source) {
  const found: { name: string; lines: number; isRegistration: boolean }[] = []
  visit(tree, (node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || !node.body) return
    const start = tree.getLineAndCharacterOfPosition(node.getStart()).line
    const end = tree.getLineAndCharacterOfPosition(node.end).line
    const holder =
      ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) ? node : node.parent
    const name = 'name' in holder && holder.name ? (holder.name as ts.Node).getText() : 'unnamed'
    const isRegistration = path.startsWith('src/routes/') && /Routes$|V1$/.test(name)
    found.push({ name: `${path}:${start + 1} ${name}`, lines: end - start + 1, isRegistration })
  })
  return found
}

function sizeOf({ lines }: { lines: number }): number {
  return lines
}

function longFunctions() {
  return functions.filter(({ lines, isRegistration }) => lines > 70 && !isRegistration)
}

function commentShare(): string {
  const lines = sources.flatMap(({ text }) => text.split('\n'))
  const comments = lines.filter((line) => /^\s*(\/\/|\/\*|\*)/.test(line))
  return ((100 * comments.length) / lines.length).toFixed(1)
}

function isAny(node: ts.Node): boolean {
  return node.kind === ts.SyntaxKind.AnyKeyword
}

function count(files: readonly Source[], matches: (node: ts.Node) => boolean): number {
  let found = 0
  for (const { tree } of files) {
    visit(tree, (node) => {
      if (matches(node)) found += 1
    })
  }
  return found
}

function importsOf({ path, tree }: Source): Arrow[] {
  const found: Arrow[] = []
  visit(tree, (node) => {
    if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) return
    const { text } = node.moduleSpecifier
    if (text.startsWith('.')) found.push({ from: path, to: normalize(join(dirname(path), text)) })
  })
  return found
}

/** The folder of the domain that a file is in, or null. */
function subjectOf(path: string): string | null {
  return /^src\/domain\/([^/]+)\//.exec(path)?.[1] ?? null
}

function mutualPairs(): string[] {
  const known = new Set(
    arrows.map(({ from, to }) => `${subjectOf(from) ?? ''} ${subjectOf(to) ?? ''}`)
  )
  return [...known].filter((pair) => {
    const [a = '', b = ''] = pair.split(' ')
    return a !== '' && b !== '' && a < b && known.has(`${b} ${a}`)
  })
}

function layerOf(path: string): number {
  return LAYERS.findIndex((layer) => path.startsWith(`src/${layer}/`))
}

function runsUp({ from, to }: Arrow): boolean {
  const target = layerOf(to)
  return target !== -1 && layerOf(from) > target
}

/** Route files that write: they record an event, or name a repository's function that changes rows. */
function writers(): string[] {
  const writes = /^(record|insert|update|delete|remove|lock|hold)[A-Z]/
  return sources
    .filter(({ path }) => path.startsWith('src/routes/'))
    .filter(({ tree }) =>
      tree.statements.some(
        (node) =>
          ts.isImportDeclaration(node) &&
          node.moduleSpecifier.getText().includes('repositories/') &&
          node.importClause?.namedBindings !== undefined &&
          ts.isNamedImports(node.importClause.namedBindings) &&
          node.importClause.namedBindings.elements.some(({ name }) => writes.test(name.text))
      )
    )
    .map(({ path }) => path)
}

/** Whether the function that the file is named after takes the pool, and so owns its transaction. */
function ownsTransaction({ path, tree }: Source): boolean {
  const name = basename(path, '.ts').replace(/-./g, (dash) => dash.charAt(1).toUpperCase())
  return tree.statements.some(
    (node) =>
      ts.isFunctionDeclaration(node) &&
      (node.name?.text === name || isExported(node)) &&
      node.parameters[0]?.type?.getText() === 'Database'
  )
}

function isExported(node: ts.FunctionDeclaration): boolean {
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false
}

function migrations(): { text: string }[] {
  return readdirSync('migrations')
    .filter((name) => /^\d.*\.sql$/.test(name))
    .map((name) => ({ text: readFileSync(join('migrations', name), 'utf8') }))
}

function spellings(pattern: RegExp, files: readonly { text: string }[]): number {
  return files.reduce((sum, { text }) => sum + [...text.matchAll(pattern)].length, 0)
}

function print(label: string, value: string | number): void {
  process.stdout.write(`${label}${value === '' ? '' : `: ${value}`}\n`)
}
