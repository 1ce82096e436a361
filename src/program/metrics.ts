import { Registry, collectDefaultMetrics } from 'prom-client'

/** Metrics of the process itself, in a registry of its own: tests start several in one process. */
export function createMetrics(): Registry {
  const metrics = new Registry()
  collectDefaultMetrics({ register: metrics })
  return metrics
}
