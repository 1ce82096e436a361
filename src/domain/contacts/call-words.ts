import { fold } from '../text/fold.ts'

/** Whether a word is one of a person who asks to be called. */
export function isCallWord(word: string): boolean {
  return CALL_WORDS.has(fold(word))
}

const CALL_WORDS = new Set(
  (
    'call ring dial text reach zadzwon zadzwonic zadzwoncie dzwon dzwonic dzwoncie oddzwon oddzwonic llamame ' +
    'llamar llame llamadme llamarme ruf rufen rufe anruf anrufen zuruckrufen ruckruf erreichbar erreichen'
  ).split(' ')
)
