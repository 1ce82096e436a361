import t from 'tap'

import { refuseArguments } from '../../src/config/arguments.ts'

void t.test('words after the name of the program are refused, without their values', (t) => {
  t.doesNotThrow(() => {
    refuseArguments([])
  })
  t.throws(
    () => {
      refuseArguments(['--secret=hidden-word', '--port'])
    },
    { name: 'StartError', message: /^--secret is not understood: .*environment variables/ }
  )
  t.end()
})
