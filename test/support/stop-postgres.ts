import { readFile, rm } from 'node:fs/promises'

import { startEmbeddedPostgres } from '../../src/database/embedded.ts'
import { TEST_POSTGRES_FILE } from './postgres.ts'
import type { TestPostgres } from './postgres.ts'

// Runs once after the suite. The process that started the server is gone, so it is taken over first.
const { directory } = JSON.parse(await readFile(TEST_POSTGRES_FILE, 'utf8')) as TestPostgres
const postgres = await startEmbeddedPostgres({ directory })
await postgres.stop()
await rm(directory, { recursive: true, force: true })
await rm(TEST_POSTGRES_FILE)
process.exit(0)
