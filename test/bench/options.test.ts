import t from 'tap'

import { readCommand, readConnections } from './options.ts'

void t.test('parts are read, and run with reads before captures', async (t) => {
  t.strictSame(readCommand(['capture', 'page']).parts, ['page', 'capture'])
  t.strictSame(readCommand(['--leads', '10', 'growth']).parts, ['growth'])
})

void t.test('without parts those run that take minutes, not hours', async (t) => {
  const { parts } = readCommand(['--leads', '1000'])
  t.strictSame(parts, ['page', 'one', 'capture', 'deliveries', 'reports'])
})

void t.test('an option has its value, and the part’s own where it is absent', async (t) => {
  const { options } = readCommand(['one', '--leads', '100000', '--baseline', 'trips'])
  t.equal(options.number('leads', 5), 100_000)
  t.equal(options.number('rounds', 5), 5)
  t.equal(options.text('baseline', 'func'), 'trips')
  t.equal(options.text('only', 'all'), 'all')
})

void t.test('connections are one number or several', async (t) => {
  t.strictSame(readConnections(readCommand([]).options), [16])
  t.strictSame(readConnections(readCommand(['--connections', '16,64']).options), [16, 64])
  for (const value of ['', '0', '16,', '1.5', 'many']) {
    const { options } = readCommand(['--connections', value])
    t.throws(() => readConnections(options), /--connections/, value)
  }
})

void t.test('what is not known is refused with what there is', async (t) => {
  t.throws(() => readCommand(['pages']), /pages: not a part\n.*page\|one\|capture/s)
  t.throws(() => readCommand(['--lead', '5']), /--lead: not an option\n.*--leads/s)
  t.throws(() => readCommand(['--leads']), /--leads: its value is missing/)
  for (const value of ['0', '-1', 'many', '--rounds']) {
    t.throws(() => readCommand(['--leads', value]), /--leads: not a number above 0/, value)
  }
})
