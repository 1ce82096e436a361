/** `interrupted`: not all of it came. */
export type FileFaultKind = 'unreadable' | 'too-many-rows' | 'too-large' | 'interrupted'

/** Why a file as a whole can't be read, in words for whoever sent it. Quotes nothing of its cells. */
export class FileFault extends Error {
  override name = 'FileFault'
  readonly kind: FileFaultKind

  constructor(message: string, kind: FileFaultKind = 'unreadable') {
    super(message)
    this.kind = kind
  }
}
