/**
 * Thrown when a user may see a lead but not change it: they handed it over, or it is only offered to
 * them.
 */
export class NotTheirsToChange extends Error {
  constructor() {
    super('It is not yours to change: you handed it over, or it is only offered to you.')
    this.name = 'NotTheirsToChange'
  }
}
