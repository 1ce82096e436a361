/** No number, day, code or choice is longer: a longer text is read as none, on every path. */
export const MAX_SHORT_TEXT = 400
