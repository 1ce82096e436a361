import type { Test } from 'tap'

import { TEST_SECRET } from './postgres.ts'
import { startProgram } from './program.ts'
import type { Program, ProgramOptions } from './program.ts'

const OPERATOR_TOKEN = 'Xw5Tq9Rb2Ny7Lk4Vd8Hs1Mf6Pc3Zj0GuKe'

/** What any process needs to work on a database. */
export function settingsOf(databaseUrl: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    LEADYARD_SECRET: TEST_SECRET,
    LEADYARD_OPERATOR_TOKEN: OPERATOR_TOKEN
  }
}

/** Several processes of the program, as `npm run cluster` starts them, on a database with a demo dealer. */
export async function startCluster(
  t: Test,
  databaseUrl: string,
  environment: ProgramOptions['environment'] = {}
): Promise<Program> {
  return await startProgram(t, {
    kind: 'cluster',
    environment: {
      ...settingsOf(databaseUrl),
      DATABASE_POOL_MAX: '5',
      LEADYARD_DEMO: 'true',
      ...environment
    }
  })
}

/** A line of the program's log. */
export interface LogLine {
  pid: number
  level: string
  msg: string
  process?: string
  /** In lines of the supervisor about another process. */
  member?: string
  memberPid?: number
}

/** The lines that the processes have logged so far. */
export function logLines({ stdout }: Program): LogLine[] {
  return stdout()
    .split('\n')
    .filter((line) => /^\{.*\}$/.test(line))
    .map((line) => JSON.parse(line) as LogLine)
}

/** The ids of the processes that have been ready under a name, the last one last. */
export function pidsOf(program: Program, name: RegExp): number[] {
  return logLines(program)
    .filter(({ msg, member = '' }) => msg === 'process ready' && name.test(member))
    .map(({ memberPid = 0 }) => memberPid)
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
