import { createServer } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import type { SMTPServerOptions } from 'smtp-server'
import { SMTPServer } from 'smtp-server'
import type { Test } from 'tap'

export interface ReceivedMail {
  from: string | false
  to: string[]
  raw: Buffer
}

/** What the server says to one step of the conversation: nothing, for yes. */
export interface SmtpReplies {
  mailFrom?: { code: number; message: string }
  rcptTo?: { code: number; message: string }
  data?: { code: number; message: string }
  login?: { code: number; message: string }
  /** Takes a message and never says so, as a server that dies at the worst moment. */
  isSilent?: boolean
  /** Until then it takes messages and does not answer yet. */
  repliesAfter?: Promise<void>
}

/** A real SMTP server on the loopback interface that keeps what it gets. */
export async function smtpServer(
  t: Test,
  answers: SmtpReplies = {},
  options: SMTPServerOptions = {},
  port = 0
) {
  const received: ReceivedMail[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: answers.login === undefined,
    allowInsecureAuth: true,
    closeTimeout: 50,
    onAuth(_auth, _session, done) {
      done(refusal(answers.login))
    },
    onMailFrom(_address, _session, done) {
      done(refusal(answers.mailFrom))
    },
    onRcptTo(_address, _session, done) {
      done(refusal(answers.rcptTo))
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        received.push({
          from: mailFrom && mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks)
        })
        if (answers.isSilent === true) return
        void Promise.resolve(answers.repliesAfter).then(() => {
          done(refusal(answers.data))
        })
      })
    },
    ...options
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  t.teardown(async () => {
    await new Promise<void>((resolve) => {
      server.close(resolve)
    })
  })
  const { port: listensOn } = server.server.address() as AddressInfo
  return { received, url: `smtp://127.0.0.1:${listensOn}`, port: listensOn }
}

/** A TCP server that behaves as no SMTP server should. */
export async function rudeServer(t: Test, onConnection: (socket: Socket) => void) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    onConnection(socket)
  })
  const port = await listen(server)
  t.teardown(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  return { url: `smtp://127.0.0.1:${port}`, connections: () => sockets.size }
}

/** Says yes to everything, and cuts the line once the message is there. */
export function cutAfterData(socket: Socket): void {
  let isData = false
  socket.write('220 here\r\n')
  socket.on('data', (chunk) => {
    if (isData) {
      if (chunk.toString('latin1').endsWith('\r\n.\r\n')) socket.destroy()
      return
    }
    isData = chunk.toString('latin1').startsWith('DATA')
    socket.write(isData ? '354 go on\r\n' : '250 yes\r\n')
  })
}

export async function unusedPort(): Promise<number> {
  const server = createServer()
  const port = await listen(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

function refusal(answer: { code: number; message: string } | undefined): Error | null {
  return answer ? Object.assign(new Error(answer.message), { responseCode: answer.code }) : null
}
