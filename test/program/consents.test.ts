import t from 'tap'

import { ask, openDealer } from './qualification-scene.ts'

// The real program: what people agree to, at any moment, over linking, merging and taking both back.

interface Answer {
  channel: string | null
  granted: boolean
}

const marketing = (channel: string | null, granted: boolean) => ({
  purpose: 'marketing',
  channel,
  granted
})

void t.test('consents at any past moment; the narrower wins; undone as before', async (t) => {
  const { owner } = await openDealer(t)
  const post = (path: string, body?: object) => ask(owner, 'POST', path, body)
  const client = async (name: string, consents: object[] = []) => {
    const contact = { fullName: name }
    const { id } = await post('/v1/clients', { contact, consents, allowDuplicate: true })
    return id as string
  }
  let people = 0
  const capture = async (consents: object[] = [], words: object = {}) => {
    people += 1
    const contact = { fullName: 'Ada', email: `p${people}@example.com`, ...words }
    return (await post('/v1/leads', { source: 'website', contact, consents })).id as string
  }
  const effectiveConsentsOf = async (path: string, at?: string) => {
    const query = at === undefined ? '' : `?at=${at}`
    const { data } = await ask(owner, 'GET', `${path}/consents${query}`)
    return data
      .map(({ channel, granted }: Answer) => `${granted ? '+' : '-'}${channel ?? '*'}`)
      .toSorted()
      .join(' ') as string
  }
  const seen: [string, string][] = []
  /** Notes what is said now, to be asked for again later. */
  const note = async (path: string, expected: string, why: string) => {
    t.equal(await effectiveConsentsOf(path), expected, why)
    seen.push([new Date().toISOString(), expected])
    // The next change falls in a later millisecond than this note.
    await new Promise((resolve) => setTimeout(resolve, 5))
  }

  await t.test('of one client, step by step, then every moment again', async (t) => {
    const id = await client('Ada', [marketing('email', true)])
    const path = `/v1/clients/${id}` as const
    await note(path, '+email', 'made by hand')
    const lead = await capture([marketing(null, false)])
    await note(path, '+email', 'a capture changes no client')
    const link = await post(`/v1/leads/${lead}/link`, { clientId: id })
    await note(path, '-*', 'refused for all is narrower than granted for one')
    const second = await capture([marketing('sms', true), marketing('email', true)])
    const joined = await post(`/v1/leads/${second}/link`, { clientId: id })
    await note(path, '-* -email -sms', 'a grant that joins does not widen')
    await post(`${path}/consents`, marketing('sms', true))
    await note(path, '+sms -* -email', 'what they say themselves counts again')
    await post(`/v1/leads/${lead}/unlink`)
    await note(path, '+email +sms', 'without the first lead nothing was refused')
    t.equal(
      await effectiveConsentsOf(`/v1/leads/${lead}`),
      '-*',
      'on the lead’s own record it stays'
    )
    const moved = await client('Other', [marketing('sms', false)])
    await post(`/v1/leads/${second}/move`, { clientId: moved })
    await note(path, '+email +sms', 'what was said before the lead, and since')
    t.equal(await effectiveConsentsOf(`/v1/clients/${moved}`), '+email -sms')
    t.equal((await owner('POST', `/v1/operations/${link.operationId}/undo`)).status, 409)
    t.equal((await owner('POST', `/v1/operations/${joined.operationId}/undo`)).status, 409)
    for (const [at, expected] of seen) t.equal(await effectiveConsentsOf(path, at), expected, at)
    t.equal(
      await effectiveConsentsOf(path, '2020-01-01T00:00:00Z'),
      '',
      'before there was anything'
    )
    const history = await ask(owner, 'GET', `${path}/consents/history?sort=effectiveAt`)
    t.ok(history.data.some(({ voidFrom }: { voidFrom: string | null }) => voidFrom !== null))
    t.ok(history.data.some(({ origin }: { origin: string }) => origin === 'narrowed'))
  })

  await t.test('a link, an unlink and a merge that are taken back', async (t) => {
    const [kept, gone] = [
      await client('Kept', [marketing('email', true), marketing('post', false)]),
      await client('Gone', [marketing('email', false), marketing('post', true)])
    ]
    const path = `/v1/clients/${kept}` as const
    const undo = (operation: { operationId: string }) =>
      post(`/v1/operations/${operation.operationId}/undo`)
    const lead = await capture([marketing('sms', false)])
    const linked = await post(`/v1/leads/${lead}/link`, { clientId: kept })
    t.equal(await effectiveConsentsOf(path), '+email -post -sms')
    await undo(linked)
    t.equal(await effectiveConsentsOf(path), '+email -post')
    await post(`/v1/leads/${lead}/link`, { clientId: kept })
    const unlinked = await post(`/v1/leads/${lead}/unlink`)
    t.equal(await effectiveConsentsOf(path), '+email -post')
    await undo(unlinked)
    t.equal(await effectiveConsentsOf(path), '+email -post -sms', 'as if it had stayed')

    const before = new Date().toISOString()
    const merged = await post(`${path}/merge`, { clientId: gone })
    t.equal(await effectiveConsentsOf(path), '-email -post -sms', 'what either refused')
    t.equal(await effectiveConsentsOf(`/v1/clients/${gone}`), '-email -post -sms', 'by its id too')
    t.equal(await effectiveConsentsOf(path, before), '+email -post -sms', 'what was before stays')
    await undo(merged)
    t.equal(await effectiveConsentsOf(path), '+email -post -sms')
    t.equal(await effectiveConsentsOf(`/v1/clients/${gone}`), '+post -email')
  })

  await t.test('a conversion brings them since the lead was received', async (t) => {
    const lead = await capture([marketing('email', true)])
    await post(`/v1/leads/${lead}/consents`, marketing('email', false))
    const { client: made } = await post(`/v1/leads/${lead}/convert`, {})
    const { receivedAt } = await ask(owner, 'GET', `/v1/leads/${lead}`)
    t.equal(await effectiveConsentsOf(`/v1/clients/${made.id}`), '-email')
    t.equal(await effectiveConsentsOf(`/v1/clients/${made.id}`, receivedAt), '+email')
    t.match(made.consents, [{ channel: 'email', granted: false }])
    t.equal(made.version, 1)
  })

  await t.test('merged from both sides at once, while the person writes again', async (t) => {
    const person = { email: 'twin@example.com' }
    for (let round = 0; round < 4; round += 1) {
      const [a, b] = [
        await client('Twin A', [marketing('email', true)]),
        await client('Twin B', [marketing('email', false)])
      ]
      const merge = (id: string, clientId: string) =>
        owner('POST', `/v1/clients/${id}/merge`, { clientId })
      const [one, other, ...captured] = await Promise.all([
        merge(a, b),
        merge(b, a),
        ...Array.from({ length: 6 }, () => capture([], person))
      ])
      t.strictSame([one.status, other.status].toSorted(), [201, 409])
      t.equal(captured.length, 6, 'no capture is lost')
      const [left, right] = await Promise.all(
        [a, b].map((id) => ask(owner, 'GET', `/v1/clients/${id}`))
      )
      t.equal(left.id, right.id, 'one client')
      t.equal(
        await effectiveConsentsOf(`/v1/clients/${a}`),
        '-email',
        'the narrower, whoever stayed'
      )
    }
  })
})
