/**
 * The characters that XML 1.0 can't hold, but for halves of pairs, and that no person types:
 * https://www.w3.org/TR/xml/#charsets
 */
export const CONTROL_CHARACTERS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g
