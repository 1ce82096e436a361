import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import type { Test } from 'tap'

/** A way to a server that can be lost in the ways a network loses it. */
export interface TcpProxy {
  port: number
  /** Later connections go to this port. */
  lead: (port: number) => void
  /** From now on no byte passes on any connection, and none is closed: as when a cable is pulled. */
  freeze: () => void
  /** New connections pass again; those that were frozen stay so. */
  thaw: () => void
}

export async function startProxy(t: Test, target: number): Promise<TcpProxy> {
  let port = target
  let isFrozen = false
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    sockets.add(near)
    near.on('error', () => undefined).on('close', () => sockets.delete(near))
    if (isFrozen) return
    const far = connect(port, '127.0.0.1')
    sockets.add(far)
    far.on('error', () => near.destroy()).on('close', () => sockets.delete(far))
    near.pipe(far).pipe(near)
    near.on('close', () => far.destroy())
    far.on('close', () => {
      if (!near.isPaused()) near.destroy()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return {
    port: (server.address() as AddressInfo).port,
    lead: (next) => (port = next),
    freeze: () => {
      isFrozen = true
      for (const socket of sockets) socket.unpipe().pause()
    },
    thaw: () => (isFrozen = false)
  }
}
