import { AggregatorRegistry } from 'prom-client'

import type { Figures } from './messages.ts'

/** The figures of one process, by its name. */
export interface Collected {
  name: string
  figures: Figures
}

/**
 * The figures of several processes as one text for Prometheus. Each has the label `process`: a sum would fall
 * when a process ends, which counts as a restart of all. Figures with the aggregator `first` are the same in
 * all, and stand there once.
 */
export async function mergeFigures(collected: readonly Collected[]): Promise<string> {
  const labelled = collected.map(({ name, figures }) =>
    figures.map((figure) =>
      figure.aggregator === 'first'
        ? figure
        : {
            ...figure,
            // Of each label there is one value, so that any sum is that value.
            aggregator: 'sum' as const,
            values: figure.values.map((one) => ({
              ...one,
              labels: { ...one.labels, process: name }
            }))
          }
    )
  )
  return await AggregatorRegistry.aggregate(labelled).metrics()
}
