import { SMTPServer } from 'smtp-server'

/** An SMTP server that accepts every message and keeps none. */
export interface Sink {
  url: string
  close: () => void
}

/** Starts a sink. `onMessage` gets each message's Message-ID when all of it has come. */
export async function startSink(onMessage: (id: string) => void = () => undefined): Promise<Sink> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, _session, accepted) {
      let head = ''
      stream.on('data', (chunk: Buffer) => {
        if (head.length < 16_384) head += chunk.toString('latin1')
      })
      stream.on('end', () => {
        onMessage(/^message-id:\s*(<[^>]+>)/im.exec(head)?.[1] ?? '')
        accepted()
      })
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as { port: number }
  return {
    url: `smtp://127.0.0.1:${port}`,
    close: () => {
      server.close()
    }
  }
}
