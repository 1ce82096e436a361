import { writeFile } from 'node:fs/promises'

import { describeApi } from './describe-api.ts'

// `npm run openapi:write`: the contract as the routes have it now.
const path = new URL('../../openapi/openapi.json', import.meta.url)
await writeFile(path, await describeApi())
