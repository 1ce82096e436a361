import type { FileCode } from '../domain/reasons/import-reasons.ts'
import { because } from '../domain/reasons/reasons.ts'
import type { FactsArgument, Reason } from '../domain/reasons/reasons.ts'

/** A file that can't be read as a whole. */
export class FileFault extends Error {
  override name = 'FileFault'
  readonly reason: Reason<FileCode>

  constructor(reason: Reason<FileCode>) {
    super(reason.code)
    this.reason = reason
  }
}

export function fileFault<Code extends FileCode>(
  code: Code,
  ...facts: FactsArgument<Code>
): FileFault {
  return new FileFault(because(code, ...facts))
}
