import { readFile } from 'node:fs/promises'

import t from 'tap'

import { CONTRACT_TYPES, writeContractTypes } from '../../.config/contract-types.ts'

void t.test('the response types of tests are those of the OpenAPI document', async (t) => {
  const committed = await readFile(CONTRACT_TYPES, 'utf8')
  t.ok(
    committed === (await writeContractTypes()),
    'the same byte for byte; else run `npm run openapi:write`'
  )
})
