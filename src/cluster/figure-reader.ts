import { Counter, Gauge } from 'prom-client'

import { createMetrics } from '../program/metrics.ts'
import { mergeFigures } from './merge-figures.ts'
import type { Supervisor } from './supervisor.ts'

/** Reads the figures of all processes and of the supervisor, once for all who ask at the same time. */
export class FigureReader {
  readonly #own = createMetrics()
  readonly #ready = new Gauge({
    name: 'leadyard_processes_ready',
    help: 'Processes of the cluster that are ready, by what they do.',
    labelNames: ['role'],
    aggregator: 'first',
    registers: [this.#own]
  })
  readonly #restarts = new Counter({
    name: 'leadyard_process_restarts_total',
    help: 'How often a process of the cluster was started anew after it ended.',
    labelNames: ['process'],
    aggregator: 'first',
    registers: [this.#own]
  })
  #underway: Promise<string> | null = null

  read(supervisor: Pick<Supervisor, 'states' | 'collect'>): Promise<string> {
    this.#underway ??= this.#read(supervisor).finally(() => {
      this.#underway = null
    })
    return this.#underway
  }

  async #read(supervisor: Pick<Supervisor, 'states' | 'collect'>): Promise<string> {
    const states = supervisor.states()
    for (const role of new Set(states.map((one) => one.role))) {
      this.#ready.set({ role }, states.filter((one) => one.role === role && one.isReady).length)
    }
    this.#restarts.reset()
    for (const { name, restarts } of states) this.#restarts.inc({ process: name }, restarts)
    const own = { name: 'supervisor', figures: await this.#own.getMetricsAsJSON() }
    return await mergeFigures([own, ...(await supervisor.collect())])
  }
}
