import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

/** A response as a client sees it. */
export interface Answer {
  status: number
  body: unknown
}

/** A request as `http.request` takes it, with a body as JSON. */
interface Asked {
  method?: string
  headers?: Record<string, string>
  body?: object
}

/** Longer than any request takes on a busy machine: one that takes longer hangs. */
const LONGEST_MS = 60_000
const MOST_TRIES = 200
const PAUSE_MS = 50

/**
 * A client with one connection that it keeps, and that it opens anew where it is lost: the request is sent
 * again as it was. So it is where the service is too busy for the moment. A late response is a failure.
 */
export class RetryingClient {
  readonly #baseUrl: string
  readonly #token: string
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  /** How often a connection was lost. */
  lost = 0
  /** How often the service was too busy. */
  busy = 0

  constructor(baseUrl: string, token = '') {
    this.#baseUrl = baseUrl
    this.#token = token
  }

  async ask(path: string, asked: Asked = {}): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      try {
        const answer = await this.#send(path, asked)
        if (answer.status !== 503 || tries === MOST_TRIES) return answer
        this.busy += 1
      } catch (error) {
        const { code } = error as { code?: string }
        const isLost = code === 'ECONNRESET' || code === 'ECONNREFUSED' || code === 'EPIPE'
        if (!isLost || tries === MOST_TRIES) throw error
        this.lost += 1
      }
      await wait(PAUSE_MS)
    }
  }

  close(): void {
    this.#agent.destroy()
  }

  async #send(path: string, { method = 'GET', headers = {}, body }: Asked): Promise<Answer> {
    const text = body && JSON.stringify(body)
    return await new Promise<Answer>((resolve, reject) => {
      const sent = request(
        `${this.#baseUrl}${path}`,
        {
          method,
          agent: this.#agent,
          timeout: LONGEST_MS,
          headers: {
            ...(this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` }),
            ...(text === undefined ? {} : { 'content-type': 'application/json' }),
            ...headers
          }
        },
        (response) => {
          let whole = ''
          response.setEncoding('utf8').on('data', (part: string) => (whole += part))
          response.on('error', reject)
          response.on('end', () => {
            const isJson = String(response.headers['content-type']).includes('json')
            resolve({
              status: response.statusCode ?? 0,
              body: isJson ? JSON.parse(whole) : whole
            })
          })
        }
      )
      sent.on('timeout', () => sent.destroy(new Error('the response did not come in time')))
      sent.on('error', reject)
      sent.end(text)
    })
  }
}
