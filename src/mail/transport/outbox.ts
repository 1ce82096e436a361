import { createHash, randomUUID } from 'node:crypto'
import { constants } from 'node:fs'
import { access, mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** Enough for any mail of ours by name; the hash keeps longer ones apart. */
const LOCAL_LIMIT = 100

/**
 * Where mails go when no SMTP server is configured: one `.eml` file each, complete or absent,
 * readable by its owner only. The time and id of the message name its file: sent again, it replaces it.
 */
export async function writeToOutbox(
  directory: string,
  { raw, messageId, createdAt }: { raw: Buffer; messageId: string; createdAt: Date }
): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const name = `${fileSafeTime(createdAt)}-${fileSafeLocal(messageId)}.eml`
  const temporary = join(directory, `.${randomUUID()}.tmp`)
  try {
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(raw)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, join(directory, name))
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  return name
}

export async function checkOutbox(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await access(directory, constants.W_OK)
}

/** `20261121T170311123Z`: sorts by time, and no file system minds it. */
function fileSafeTime(time: Date): string {
  return time.toISOString().replace(/[-:.]/g, '')
}

/** The part before the `@`. What a file name can't hold is replaced, and a hash tells such names apart. */
function fileSafeLocal(messageId: string): string {
  const [beforeAt = ''] = messageId.split('@', 1)
  const local = beforeAt.replace(/^</, '').replace(/>$/, '')
  if (/^[A-Za-z0-9_+=-][A-Za-z0-9._+=-]*$/.test(local) && local.length <= LOCAL_LIMIT) return local
  const hash = createHash('sha256').update(messageId).digest('hex').slice(0, 16)
  return `${local.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, LOCAL_LIMIT)}-${hash}`
}
