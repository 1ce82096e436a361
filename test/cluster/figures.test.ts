import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import t from 'tap'

import { mergeFigures } from '../../src/cluster/merge-figures.ts'

/** The figures of a process that served so many requests. */
function registryOf(requests: number): Registry {
  const registry = new Registry()
  const registers = [registry]
  const counter = new Counter({ name: 'requests', help: 'h', labelNames: ['code'], registers })
  counter.inc({ code: '200' }, requests)
  new Gauge({ name: 'waiting', help: 'h', aggregator: 'first', registers }).set(7)
  new Gauge({ name: 'lag', help: 'h', registers }).set(Number.NaN)
  new Gauge({ name: 'started_at', help: 'h', aggregator: 'omit', registers }).set(requests)
  new Histogram({ name: 'seconds', help: 'h', buckets: [1], registers }).observe(requests)
  return registry
}

void t.test(
  'the figures of several processes are told apart, and once where they are one',
  async (t) => {
    const text = await mergeFigures([
      { name: 'api-1', figures: await registryOf(3).getMetricsAsJSON() },
      { name: 'api-2', figures: await registryOf(0.5).getMetricsAsJSON() }
    ])
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    t.strictSame(lines, [
      'requests{code="200",process="api-1"} 3',
      'requests{code="200",process="api-2"} 0.5',
      'waiting 7',
      'lag{process="api-1"} Nan',
      'lag{process="api-2"} Nan',
      'started_at{process="api-1"} 3',
      'started_at{process="api-2"} 0.5',
      'seconds_bucket{le="1",process="api-1"} 0',
      'seconds_bucket{le="+Inf",process="api-1"} 1',
      'seconds_sum{process="api-1"} 3',
      'seconds_count{process="api-1"} 1',
      'seconds_bucket{le="1",process="api-2"} 1',
      'seconds_bucket{le="+Inf",process="api-2"} 1',
      'seconds_sum{process="api-2"} 0.5',
      'seconds_count{process="api-2"} 1'
    ])
    t.equal(text.match(/^# TYPE requests counter$/gm)?.length, 1, 'each is described once')
  }
)
