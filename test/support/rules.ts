import type { TestDealer } from './app.ts'
import { succeeding } from './response.ts'

/** Publishes assignment rules with these entries. */
export async function publishRules(
  { admin }: Pick<TestDealer, 'admin'>,
  entries: readonly object[]
): Promise<void> {
  const call = succeeding(admin)
  const { body } = await call('POST', '/v1/assignment-rules', { rules: { entries } })
  await call('POST', `/v1/assignment-rules/${body.id}/publish`)
}
