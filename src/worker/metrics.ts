import { Counter, Gauge, Histogram } from 'prom-client'
import type { Registry } from 'prom-client'

import type { QueueFigures } from '../repositories/deliveries/due-deliveries.ts'
import type { DeliveryReport } from './deliveries/delivery-context.ts'

export interface DeliveryMetrics {
  /** Counts what became of one delivery, and how long it took. */
  count: (report: DeliveryReport, seconds: number) => void
}

/** Figures of the worker: what became of deliveries, and how much waits for how long. */
export function createDeliveryMetrics(
  registry: Registry,
  readFigures: () => Promise<QueueFigures | null>
): DeliveryMetrics {
  const registers = [registry]
  const outcomes = new Counter({
    name: 'leadyard_delivery_attempts_total',
    help: 'Deliveries that this process attempted, by purpose, what became of them, and why.',
    labelNames: ['purpose', 'outcome', 'code'],
    registers
  })
  const durations = new Histogram({
    name: 'leadyard_delivery_attempt_seconds',
    help: 'How long deliveries took from being taken to being recorded.',
    buckets: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 120],
    registers
  })
  // Figures of the database, the same in each process: several together have them once.
  const read = sharing(readFigures)
  new Gauge({
    name: 'leadyard_deliveries_pending',
    help: 'Pending deliveries of all dealers: due and waiting, running, or scheduled for later; up to 100,000.',
    labelNames: ['state'],
    registers,
    aggregator: 'first',
    async collect() {
      const figures = await read()
      if (!figures) return
      const { waiting, running, scheduled } = figures
      for (const [state, count] of Object.entries({ waiting, running, scheduled })) {
        this.set({ state }, count)
      }
    }
  })
  new Gauge({
    name: 'leadyard_deliveries_oldest_seconds',
    help: 'Age of the oldest delivery that is due or was attempted in vain.',
    registers,
    aggregator: 'first',
    async collect() {
      const figures = await read()
      if (figures) this.set(figures.oldestSeconds)
    }
  })
  return {
    count({ verdict, delivery }, seconds) {
      const purpose = delivery?.purpose ?? 'unknown'
      outcomes.inc({ purpose, outcome: verdict, code: delivery?.reason?.code ?? '' })
      durations.observe(seconds)
    }
  }
}

/** Gauges are collected at once: one query serves them all. */
function sharing<T>(read: () => Promise<T>): () => Promise<T> {
  let underway: Promise<T> | null = null
  return () => {
    underway ??= read().finally(() => {
      underway = null
    })
    return underway
  }
}
