import t from 'tap'

import type { LeadContent } from '../../src/domain/leads/lead.ts'
import { adf } from '../../src/inbound/adf.ts'
import { HOSTILE } from './hostile.ts'

const DEALER = { country: 'PL', currency: 'PLN', locale: 'pl', timeZone: 'Europe/Warsaw' } as const
const SIZE = 10_000

function read(bytes: Buffer): LeadContent[] {
  const parsed = adf.parse(adf.decode(bytes, undefined, DEALER), DEALER)
  return 'fault' in parsed ? [] : parsed.contents
}

/**
 * How many characters the searches in texts went over while `work` was done: seconds say more about the
 * machine than about the reader.
 */
function searched(work: () => void): number {
  const indexOf: typeof String.prototype.indexOf = Reflect.get(String.prototype, 'indexOf')
  const exec: typeof RegExp.prototype.exec = Reflect.get(RegExp.prototype, 'exec')
  let count = 0
  String.prototype.indexOf = function counted(this: string, mark: string, from = 0) {
    const found = indexOf.call(this, mark, from)
    count += 1 + (found === -1 ? this.length : found) - Math.min(from, this.length)
    return found
  }
  RegExp.prototype.exec = function counted(this: RegExp, text: string) {
    const from = this.sticky || this.global ? this.lastIndex : 0
    const found = exec.call(this, text)
    const isNear = found !== null || this.sticky
    count +=
      1 + (isNear ? (found?.[0].length ?? 0) + (found?.index ?? from) - from : text.length - from)
    return found
  }
  try {
    work()
  } finally {
    String.prototype.indexOf = indexOf
    RegExp.prototype.exec = exec
  }
  return count
}

for (const [name, make] of Object.entries(HOSTILE)) {
  void t.test(`a document of many ${name} takes work by its length`, (t) => {
    const [small, large] = [make(SIZE), make(4 * SIZE)]
    read(small)
    const [less, more] = [searched(() => read(small)), searched(() => read(large))]
    // Work by the square of the length would grow four times as much.
    const growth = more / less / (large.length / small.length)
    t.ok(
      growth < 2.5,
      `${large.length} bytes: ${more} characters, ${growth.toFixed(2)} times as many`
    )
    t.end()
  })
}

void t.test(
  'a lead of a hostile document has no more than a person reads, and tells the rest',
  (t) => {
    for (const [name, make] of Object.entries(HOSTILE)) {
      for (const { contact, vehicles, references, message, unmapped } of read(make(SIZE))) {
        t.ok(contact.emails.length <= 50 && contact.phones.length <= 50, name)
        t.ok(vehicles.length <= 50 && references.length <= 100, name)
        t.ok(vehicles.every(({ options, colors }) => options.length <= 100 && colors.length <= 100))
        t.ok((contact.fullName ?? '').length <= 5000 && (message ?? '').length <= 100_000, name)
        t.ok(unmapped.length <= 400, `${name}: ${unmapped.length}`)
      }
    }
    const told = (name: string) => read(HOSTILE[name]?.(SIZE) ?? Buffer.alloc(0))[0]?.unmapped
    t.match(told('vehicles')?.at(-1), {
      path: 'prospect/vehicle',
      text: /^\+\d+$/,
      code: 'surplus_item'
    })
    t.equal(told('a long name')?.at(-1)?.code, 'shortened_text')
    t.equal(told('empty elements')?.at(-1)?.code, 'surplus_item')
    t.end()
  }
)
