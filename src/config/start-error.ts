/**
 * A reason not to start that the operator can act on. Its message is one clear sentence written by
 * us, without secrets or personal data: `server.ts` prints it alone, without a stack.
 */
export class StartError extends Error {
  override name = 'StartError'
}

/**
 * Says in one sentence what the operating system had against `path`, or returns null when `error`
 * is not about storage: a bug must keep its stack.
 */
export function storageError(error: unknown, path: string): StartError | null {
  if (error instanceof StartError) return error
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const reason = typeof code === 'string' ? STORAGE_REASONS[code] : undefined
  return reason ? new StartError(`${path} ${reason}`, { cause: error }) : null
}

const STORAGE_REASONS: Readonly<Record<string, string>> = {
  EACCES: 'is not accessible for this user: give it the rights, or set LEADYARD_DATA_DIR',
  EPERM: 'belongs to another user: start as that user, or set LEADYARD_DATA_DIR',
  EROFS: 'is on a read-only file system: set LEADYARD_DATA_DIR to a writable directory',
  ENOSPC: 'is on a disk that is full: free some space, or set LEADYARD_DATA_DIR',
  EDQUOT: 'is beyond the disk quota of this user: free some space, or set LEADYARD_DATA_DIR',
  ENOTDIR: 'is not a directory: remove what is in its place, or set LEADYARD_DATA_DIR',
  EEXIST: 'is not a directory: remove what is in its place, or set LEADYARD_DATA_DIR',
  EISDIR: 'is a directory where a file should be: move it away, or set LEADYARD_DATA_DIR',
  EIO: 'could not be read or written: the disk reports an error',
  ENAMETOOLONG: 'is too long a path: set LEADYARD_DATA_DIR to a shorter one'
}
