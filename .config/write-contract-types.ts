import { writeFile } from 'node:fs/promises'

import { CONTRACT_TYPES, writeContractTypes } from './contract-types.ts'

// The second half of `npm run openapi:write`: the tests' types of what the document promises.
await writeFile(CONTRACT_TYPES, await writeContractTypes())
