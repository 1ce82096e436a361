import type { FileCode } from '../../../domain/reasons/import-reasons.ts'
import { problems } from '../../../http/problems.ts'
import { FileFault } from '../../../imports/file-fault.ts'
import { sentenceOf } from '../../../wording/reasons.ts'

/** Reasons why the file was not received to its end. */
const BROKEN_OFF: readonly FileCode[] = [
  'content_encoding_wrong',
  'upload_stalled',
  'upload_interrupted',
  'import_being_removed'
]

/** Whether the rest of an upload is not read after this failure. */
export function endsUpload(error: unknown): boolean {
  if (!(error instanceof FileFault)) return false
  const { code } = error.reason
  return code === 'file_too_large' || BROKEN_OFF.includes(code)
}

/** The problem of a file that can't be read; another error as it is. */
export function fileProblem(error: unknown, importId: string): unknown {
  if (!(error instanceof FileFault)) return error
  const detail = sentenceOf(error.reason, 'en')
  const { code } = error.reason
  if (code === 'too_many_rows') return problems.tooManyRows(detail, importId)
  if (code === 'file_too_large') return problems.payloadTooLarge(detail)
  return BROKEN_OFF.includes(code)
    ? problems.badRequest(detail)
    : problems.unreadableFile(detail, importId)
}
