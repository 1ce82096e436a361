/** Lines of the comments that are read back into members of their own. */
export const NOTE_LABELS = {
  companyName: 'Company',
  nameSuffix: 'Name suffix',
  email: 'Other e-mail',
  preferredChannel: 'Preferred channel',
  preferredTime: 'Preferred time',
  language: 'Language',
  timeframe: 'Timeframe'
} as const

export type NoteKey = keyof typeof NOTE_LABELS
