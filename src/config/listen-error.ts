import { StartError } from './start-error.ts'

/** Why an address can't be listened on: it is reserved, another machine's, or unknown. */
const NOT_OURS = ['EACCES', 'EADDRNOTAVAIL', 'EAI_AGAIN', 'ENOTFOUND']

interface ListenAddress {
  host: string
  port: number
  /** The setting that names the port. */
  setting: string
}

/** Says what to do about an address that can't be listened on, or returns null for any other error. */
export function listenError(
  error: unknown,
  { host, port, setting }: ListenAddress
): StartError | null {
  const { code } = error as { code?: string }
  if (code === 'EADDRINUSE') {
    return new StartError(`port ${port} is taken: stop what listens there, or set ${setting}`)
  }
  if (code !== undefined && NOT_OURS.includes(code)) {
    return new StartError(`${host}:${port} can't be listened on (${code}): set HOST and ${setting}`)
  }
  return null
}
