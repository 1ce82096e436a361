/**
 * Thrown where somebody sees a lead and is about to change it, but it is not theirs to change: they
 * handed it over, or it is only offered to them.
 */
export class NotTheirsToChange extends Error {
  constructor() {
    super('It is not yours to change: you handed it over, or it is only offered to you.')
    this.name = 'NotTheirsToChange'
  }
}
