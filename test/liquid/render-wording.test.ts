import t from 'tap'

import { renderWording } from '../../src/liquid/render-wording.ts'
import type { TemplatePart } from '../../src/liquid/limits.ts'
import { facts } from './facts.ts'

function render(source: string, part: TemplatePart = 'html', of = facts()) {
  const rendered = renderWording({ subject: '', text: '', html: null, [part]: source }, of)
  return 'limit' in rendered ? rendered : rendered[part]
}

const HOSTILE = `<img src=x onerror=alert(1)>"'\`&amp; {{ dealer.email }}{% for i in (1..9) %}`

void t.test('text from a lead is neither HTML nor a template', async (t) => {
  const of = facts({ message: HOSTILE })
  for (const source of [
    '{{ message }}',
    '{{ message | upcase | downcase }}',
    '{% assign x = message %}{{ x | append: message }}',
    '{% capture x %}{{ message }}{% endcapture %}{{ x }}',
    '{% if message %}{{ message | default: "x" }}{% endif %}',
    '{{ nothing | default: message }}',
    '{{ message | replace: "img", "<script>" | truncate: 500 }}'
  ]) {
    const html = render(source, 'html', of) as string
    t.notMatch(html, /[<>"'`]/, source)
    t.match(html, '{{ dealer.email }}', 'its Liquid is text')
    t.notMatch(html, 'hello@nord.example')
  }
  t.equal(
    render('<p>{{ message }}</p>', 'html', of),
    '<p>&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&#96;&amp;amp; {{ dealer.email }}{% for i in (1..9) %}</p>'
  )
  t.equal(render('{{ message }}', 'text', of), HOSTILE, 'in plain text it is what it is')
})

void t.test('values are written as people read them, and what is missing as nothing', async (t) => {
  const timeframe = { description: null, earliest: null, latest: '2026-12-15' }
  const said = facts({ timeframe })
  const source =
    '{{ vehicle.name }}, {{ vehicle.price }}, {{ vehicle.odometer }}, {{ timeframe.latest }}, ' +
    '{{ source.name }}{{ contact.address.city }}{% if contact.address %}x{% endif %}'
  t.equal(
    render(source, 'text', said),
    '2022 Kia Ceed GT Line, PLN 79,900.00, 41,000 km, 15 December 2026, Website'
  )
})

void t.test('even unchecked, a template reaches nothing but its facts', async (t) => {
  const of = facts()
  for (const source of [
    '{{ constructor }}{{ contact.constructor }}{{ contact.__proto__ }}{{ contact["constructor"].name }}',
    '{{ vehicles.constructor }}{{ vehicles.map }}{{ contact.toString }}{{ contact.hasOwnProperty }}',
    '{{ globalThis }}{{ process }}{{ contact }}{{ vehicles }}{{ dealer }}',
    '{% for x in contact %}{{ x }}{% endfor %}{% for x in process %}x{% endfor %}'
  ]) {
    t.equal(render(source, 'html', of), '', source)
  }
  t.strictSame(render('{% include "/etc/hostname" %}'), { limit: 'template_broken' })
  t.strictSame(render('{{ message | raw }}'), { limit: 'template_broken' })
  const before = JSON.stringify(of)
  render('{% assign contact = 1 %}{% capture assignee %}x{% endcapture %}', 'html', of)
  t.equal(JSON.stringify(of), before, 'and changes none of them')
})

void t.test('a machine that stands still breaks no template', async (t) => {
  let stoodMs = 0
  t.intercept(performance, 'now', { value: () => (stoodMs += 1_000) })
  t.equal(render('{% for i in (1..3) %}{{ i }}{% endfor %}'), '123')
})

// Measured: each ends within its limit of 100 ms of processor time.
void t.test('a template that takes too long or grows too large is stopped', async (t) => {
  const nest = (depth: number, body: string) =>
    '{% for i in (1..100) %}'.repeat(depth) + body + '{% endfor %}'.repeat(depth)
  for (const [name, source, limit] of [
    ['empty loops', nest(5, ''), 'template_too_slow'],
    ['loops that print', nest(4, '{{ i }}'), 'template_too_large'],
    ['loops of long text', nest(3, 'x'.repeat(10_000)), 'template_too_large'],
    ['a huge range', '{% for i in (1..1000000000) %}{% endfor %}', 'template_too_large'],
    ['a range of ranges', '{{ (1..100000000) }}', 'template_too_large'],
    [
      'doubling',
      `{% assign a = "aaaaaaaa" %}${'{% assign a = a | append: a %}'.repeat(40)}`,
      'template_too_large'
    ],
    [
      'doubling by capture',
      `{% capture a %}x{% endcapture %}${'{% capture a %}{{ a }}{{ a }}{% endcapture %}'.repeat(60)}`,
      'template_too_large'
    ],
    [
      'doubling by replace',
      `{% assign a = "aa" %}${'{% assign a = a | replace: "a", "aaaa" %}'.repeat(20)}`,
      'template_too_large'
    ],
    [
      'filters that cost nothing',
      nest(2, `{% assign a = message ${'| url_encode '.repeat(60)}%}`),
      'template_too_large'
    ],
    ['a deep nest', '{% if id %}'.repeat(5_000) + '{% endif %}'.repeat(5_000), null]
  ] as const) {
    for (const part of ['html', 'text'] as const) {
      const of = facts({ message: '%'.repeat(4_000) })
      const startedAt = process.cpuUsage()
      const rendered = render(source, part, of)
      const ms = Math.round(process.cpuUsage(startedAt).user / 1000)
      t.ok(ms < 2_000, `${name} in ${part}: ${ms} ms`)
      if (limit === null) continue
      const ended = typeof rendered === 'object' ? rendered?.limit : null
      t.ok(
        ended === limit || ended === 'template_too_slow',
        `${name} in ${part} ends by ${String(ended)}`
      )
    }
  }
})
