import t from 'tap'

import { checkWording } from '../../src/liquid/check-template.ts'
import { LIQUID_LIMITS } from '../../src/liquid/limits.ts'
import type { TemplatePart } from '../../src/liquid/limits.ts'
import { facts } from './facts.ts'

async function faultsOf(source: string, part: TemplatePart = 'html') {
  const wording = { subject: 's', text: 't', html: null, [part]: source }
  return (await checkWording(wording, facts())).map(({ message }) => message)
}

void t.test('templates that are taken', async (t) => {
  for (const source of [
    '<p>Hello {{ contact.firstName | default: "there" }}, {{ contact["email"] }}</p>',
    '{% for vehicle in vehicles %}{{ forloop.index }} {{ vehicle.make | upcase }}{% endfor %}',
    '{{ vehicles.first.make }}{{ vehicles[1].price }}{{ vehicles.size }}{{ message.size }}',
    '{% if vehicle and assignee %}{{ assignee.name }}{% else %}nobody{% endif %}',
    '{{ source.name }}{{ contact.address.city }}{{ timeframe.latest }}{{ vehicle.odometer }}',
    '{% case type %}{% when "inquiry" %}A{% else %}B{% endcase %}',
    '{% assign greeting = "Hi " | append: contact.name %}{{ greeting }}',
    '{% for i in (1..100) %}{{ i }}{% endfor %}',
    '<a href="{{ unsubscribe.url }}">x</a><a href="mailto:{{ dealer.email }}">y</a>',
    '<a href="https://dealer.example/{{ vehicle.stockNumber | url_encode }}" title=\'{{ id }}\'>z</a>',
    '<!doctype html><head><style>p{color:red}</style><title>{{ id }}</title></head><!-- - -- x -->{{ id }}',
    '<p {% if vehicle %}class="x"{% endif %}>{{ id }}</p>',
    '{% comment %}{{ nothing }}<a title="{% endcomment %}{{ id }}{% # and this %}',
    '1 < 2 {{ id }}'
  ]) {
    t.strictSame(await faultsOf(source), [], source)
  }
})

void t.test('a template can’t read hidden fields', async (t) => {
  for (const [source, said] of [
    ['{{ constructor }}', 'there is no variable "constructor"'],
    ['{{ contact.constructor.constructor }}', 'there is no variable'],
    ['{{ contact["__proto__"] }}', 'there is no variable'],
    ['{{ dealer.settings.leadAddress }}', 'there is no variable'],
    ['{{ contact.content }}', 'there is no variable'],
    ['{{ process.env }}', 'there is no variable'],
    ['{{ contact[contact.name] }}', 'not computed'],
    ['{{ contact[true] }}', 'not computed'],
    ['{{ "x".length }}', 'not computed'],
    ['{{ nil.x }}', 'not computed'],
    ['{{ contact }}', 'is no value'],
    ['{{ "x" | append: vehicles }}', 'is no value'],
    ['{% assign car = vehicle %}', 'is no value'],
    ['{% for v in vehicles %}{{ v.secret }}{% endfor %}', 'there is no variable "v.secret"'],
    ['{% for v in vehicles %}{% endfor %}{{ v.make }}', 'there is no variable "v.make"'],
    ['{% for v in contact %}{% endfor %}', 'a loop goes over'],
    ['{% for c in message %}{% endfor %}', 'a loop goes over'],
    ['{% for contact in vehicles %}{% endfor %}', 'is taken'],
    ['{% assign contact = "x" %}', 'is taken'],
    ['{% capture assignee %}{% endcapture %}', 'is taken'],
    ['{% if vehicle.nonsense %}{% endif %}', 'there is no variable'],
    ['{% case type %}{% when dealer.nonsense %}{% endcase %}', 'there is no variable'],
    ['{% for v in vehicles limit: contact.nonsense %}{% endfor %}', 'there is no variable'],
    ['{{ id | truncate: contact.nonsense }}', 'there is no variable'],
    ['{% include "/etc/passwd" %}', 'tag "include" not found'],
    ['{% render "/etc/passwd" %}', 'tag "render" not found'],
    ['{% layout "x" %}', 'tag "layout" not found'],
    ['{% block x %}{% endblock %}', 'tag "block" not found'],
    ['{% increment contact %}', 'tag "increment" not found'],
    ['{% liquid\necho id %}', 'tag "liquid" not found'],
    ['{% constructor %}', 'tag "constructor" not found']
  ] as const) {
    t.match((await faultsOf(source))[0], said, source)
    t.match((await faultsOf(source, 'text'))[0], said, `${source} in the text`)
  }
})

void t.test('filters: a list of harmless ones', async (t) => {
  for (const filter of [
    ...['raw', 'valueOf', 'constructor', '__proto__', 'map: "x"', 'where: "x", 1', 'find: "x"'],
    ...['where_exp: "x", "x"', 'find_exp: "x", "x"', 'group_by_exp: "x", "x"', 'reject: "x"'],
    ...['json', 'inspect', 'sort: "x"', 'group_by: "x"', 'join', 'split: ""', 'concat: vehicles'],
    ...['date: "%9999999d"', 'escape', 'newline_to_br', 'strip_html', 'url_decode', 'slugify'],
    ...['base64_decode', 'sha256', 'nonsense', 'first', 'sum: "x"', 'uniq', 'sample', 'push: 1']
  ]) {
    t.match((await faultsOf(`{{ message | ${filter} }}`))[0], 'undefined filter', filter)
  }
})

void t.test('values stand where escaping holds them', async (t) => {
  const value = '{{ message }}'
  for (const source of [
    `<a href=${value}>`,
    `<a ${value}>`,
    `<${value}>`,
    '< {{- message }}>',
    `<b title=x${value}>`,
    `</${value}>`,
    `<style>p{content:"${value}"}</style>`,
    `<p style="color:${value}">`,
    `<p onclick="x('${value}')">`,
    `<!-- ${value} -->`,
    `<!DOCTYPE ${value}>`,
    `<?x ${value}?>`
  ]) {
    t.match((await faultsOf(source))[0], 'a value stands between elements', source)
  }
  for (const source of [
    `<a href="${value}">x</a>`,
    `<img src='${value}'>`,
    `<a HREF = "https://x/${value}">x</a>`,
    '<a href="{{ dealer.url | append: message }}">x</a>',
    '<a href="{{ message | url_encode | replace: "%", "" }}">x</a>',
    '{% assign u = message %}<a href="{{ u }}">x</a>'
  ]) {
    t.match((await faultsOf(source))[0], 'an address is made of dealer and unsubscribe', source)
  }
  for (const source of [
    `{% if vehicle %}<b>{% else %}<b title="{% endif %}${value}`,
    `<{% if vehicle %}b{% else %}script{% endif %}>${value}`,
    `<a {% if vehicle %}href{% else %}title{% endif %}="${value}">`,
    `{% for i in (1..2) %}<b title="{% break %}">{% endfor %}${value}`,
    `{% unless vehicle %}<!--{% endunless %}${value}`,
    `{% case type %}{% when "x" %}<b{% endcase %}${value}`
  ]) {
    t.ok(
      (await faultsOf(source)).some((said) => said.includes('must close what it opened')),
      source
    )
  }
  t.match((await faultsOf('<script>x</script>'))[0], '<script> has no place')
  t.match((await faultsOf('<svg><style><a title="</style>">'))[0], '<svg> has no place')
  t.match((await faultsOf('<p title="x'))[0], 'ends within a tag')
})

void t.test('bounds, known before anything runs', async (t) => {
  for (const [source, said] of [
    ['{% for i in (1..1000000000) %}{% endfor %}', 'a range is two whole numbers'],
    ['{% for i in (1..message) %}{% endfor %}', 'a range is two whole numbers'],
    ['{{ (1..10) }}', 'a range stands in a loop only'],
    ['{{ "x" | append: (1..1000000) }}', 'a range stands in a loop only'],
    ['{% if id %}'.repeat(LIQUID_LIMITS.depth + 1), 'blocks within each other'],
    [`{{ a${'[a'.repeat(30_000)} }}`, 'is longer than 1000 characters'],
    [`{{ id ${'| upcase '.repeat(2_000)}}}`, 'is longer than 1000 characters'],
    ['{{ id }}'.repeat(LIQUID_LIMITS.expressions + 1), 'outputs and tags'],
    ['{% if 1 %}'.repeat(9_000), 'outputs and tags'],
    ['{{ "x" | append }}', 'can’t be rendered']
  ] as const) {
    const startedAt = process.cpuUsage()
    t.match((await faultsOf(source))[0], said, source.slice(0, 60))
    t.ok(process.cpuUsage(startedAt).user < 2_000_000, 'in good time')
  }
})

void t.test('an unknown variable is told with those there are', async (t) => {
  for (const [source, known] of [
    ['{{ nickname }}', /variable "nickname"\. Known names: .*contact, .*vehicles, dealer/],
    ['{{ dealer.nick }}', /"dealer.nick"\. Known names: name, email, phone, url, address$/],
    ['{% for v in vehicles %}{{ v.nick }}{% endfor %}', /"v.nick"\. Known names: .*make/],
    ['{{ vehicles.nick }}', /Known names: first, last, size$/]
  ] as const) {
    t.match(await faultsOf(source), [known], source)
  }
})

void t.test('faults name line and column, a few of them', async (t) => {
  t.match(await faultsOf('Hello\n  {{ contact.nick }}\n{{ contact.x }}', 'text'), [
    /^line 2, column 6: there is no variable "contact.nick"/,
    /^line 3, column 4: there is no variable "contact.x"/
  ])
  t.strictSame(await faultsOf('{% if vehicle %}\n', 'subject'), [
    'line 1, column 1: tag {% if vehicle %} not closed'
  ])
  const names = Array.from({ length: 50 }, (_, place) => `{{ x${place} }}`).join('')
  t.equal((await faultsOf(names)).length, LIQUID_LIMITS.faults)
})
