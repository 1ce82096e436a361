import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Parser } from 'tap-parser'
import type { Result } from 'tap-parser'

/**
 * Reads tap's report from standard input and writes `passed failed skipped` into the file it is given;
 * shows each test file as it ends, and the failures. A test is what has assertions of its own: a group of
 * tests is none, and a file that fails though all in it passed (it crashed, or took too long) is one.
 */

const counts = { passed: 0, failed: 0, skipped: 0 }

interface Tally {
  assertions: number
  failures: number
  /** Failures counted below, which make this one fail as well. */
  failuresBelow: number
}

/** Counts what a level of the report holds, and the levels below it. */
function watch(parser: Parser, path: readonly string[]): Tally {
  const tally: Tally = { assertions: 0, failures: 0, failuresBelow: 0 }
  let below: { tally: Tally; before: number } | null = null
  parser.on('child', (child: Parser) => {
    below = { tally: watch(child, within(path, child.name)), before: counts.failed }
  })
  parser.on('assert', (result: Result) => {
    const ended = below
    below = null
    if (ended) {
      close(result, ended.tally, within(path, result.name))
      tally.failuresBelow += counts.failed - ended.before
    } else if (result.skip !== false) {
      skip(result, [...path, result.name])
    } else {
      tally.assertions++
      if (!result.ok && result.todo === false) {
        tally.failures++
        tell(result, [...path, result.name])
      }
    }
  })
  return tally
}

/** What runs several test files in one process is no part of the name of a test. */
const GROUP = /^\.tests\/later\/test\/group-\d+\.test\.js$/

/** The place of a test. Of a file it is its own name: what runs is the bundle that was made of it. */
function within(path: readonly string[], name: string): string[] {
  if (path.length === 1 && GROUP.test(path[0] ?? '')) return [name]
  return [...path, name.replace(/^\.tests\/first\d+\/(.*)\.js$/, '$1.ts')]
}

/** One test, group or file has ended. */
function close(result: Result, tally: Tally, path: readonly string[]): void {
  if (path.length === 1 && !GROUP.test(path[0] ?? '')) {
    const seconds = ((result.time ?? 0) / 1000).toFixed(1)
    process.stdout.write(`${result.ok ? 'ok' : 'NOT OK'} ${path.join(' > ')} (${seconds} s)\n`)
  }
  const failed = tally.failures > 0 || (!result.ok && tally.failuresBelow === 0)
  if (failed) {
    counts.failed++
    tell(result, path)
  } else if (tally.assertions > 0) {
    counts.passed++
  } else if (result.skip !== false) {
    skip(result, path)
  }
}

function skip(result: Result, path: readonly string[]): void {
  counts.skipped++
  process.stdout.write(`skipped: ${path.join(' > ')} (${String(result.skip)})\n`)
}

function tell(result: Result, path: readonly string[]): void {
  const diagnosis = result.diag ? `\n${JSON.stringify(result.diag, null, 2)}` : ''
  process.stdout.write(`FAILED: ${path.join(' > ')}${diagnosis}\n`)
}

const parser = new Parser()
watch(parser, [])
// What is not of the report: a build's errors, a warning.
parser.on('extra', (text: string) => process.stdout.write(text))
parser.on('bailout', (reason: string) => {
  counts.failed++
  process.stdout.write(`FAILED: ${reason}\n`)
})

for await (const line of createInterface({ input: process.stdin })) parser.write(`${line}\n`)
parser.end()

const [file] = process.argv.slice(2)
if (file === undefined) throw new TypeError('name the file to write the counts into')
writeFileSync(file, `${counts.passed} ${counts.failed} ${counts.skipped}\n`)
