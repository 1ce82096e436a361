import t from 'tap'

import { availableMemory, memorySettings } from '../../../src/database/embedded/memory-settings.ts'

const GB = 2 ** 30

void t.test('memory of the embedded PostgreSQL', (t) => {
  t.strictSame(memorySettings(GB / 4), {
    shared_buffers: '64MB',
    effective_cache_size: '256MB',
    work_mem: '4MB',
    maintenance_work_mem: '32MB'
  })
  t.strictSame(memorySettings(2 * GB), {
    shared_buffers: '256MB',
    effective_cache_size: '1024MB',
    work_mem: '4MB',
    maintenance_work_mem: '64MB'
  })
  t.strictSame(memorySettings(64 * GB), {
    shared_buffers: '512MB',
    effective_cache_size: '8192MB',
    work_mem: '16MB',
    maintenance_work_mem: '256MB'
  })
  const available = availableMemory()
  t.ok(available > 0 && available < 2 ** 50)
  t.end()
})
