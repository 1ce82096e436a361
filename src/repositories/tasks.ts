import type { Transaction } from '../database/client.ts'
import { statement } from '../database/statement.ts'

const ENQUEUE = statement(
  'enqueue-task',
  { task: 'text', id: 'uuid' },
  'select directory.enqueue_task(:task, :id)'
)

/** Has the worker do something about the record with this id, once this transaction commits. */
export async function enqueueTask(
  tx: Transaction,
  task: 'import' | 'reindex' | 'rekey' | 'rescore',
  id: string
): Promise<void> {
  await tx.run(ENQUEUE, { task, id })
}
