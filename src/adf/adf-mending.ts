/** Entities of HTML that web forms leave in XML; XML itself knows five others. */
const HTML_ENTITIES: Record<string, number> = {
  nbsp: 160,
  iexcl: 161,
  cent: 162,
  pound: 163,
  yen: 165,
  sect: 167,
  copy: 169,
  laquo: 171,
  reg: 174,
  deg: 176,
  plusmn: 177,
  middot: 183,
  raquo: 187,
  frac12: 189,
  iquest: 191,
  Agrave: 192,
  Aacute: 193,
  Acirc: 194,
  Auml: 196,
  Ccedil: 199,
  Egrave: 200,
  Eacute: 201,
  Ecirc: 202,
  Iacute: 205,
  Ntilde: 209,
  Oacute: 211,
  Ouml: 214,
  Uacute: 218,
  Uuml: 220,
  szlig: 223,
  agrave: 224,
  aacute: 225,
  acirc: 226,
  auml: 228,
  ccedil: 231,
  egrave: 232,
  eacute: 233,
  ecirc: 234,
  euml: 235,
  iacute: 237,
  icirc: 238,
  iuml: 239,
  ntilde: 241,
  oacute: 243,
  ocirc: 244,
  ouml: 246,
  ugrave: 249,
  uacute: 250,
  ucirc: 251,
  uuml: 252,
  ndash: 8211,
  mdash: 8212,
  lsquo: 8216,
  rsquo: 8217,
  ldquo: 8220,
  rdquo: 8221,
  bull: 8226,
  hellip: 8230,
  euro: 8364,
  trade: 8482
}

/**
 * The one repair of a document that is not well-formed: HTML's entities become characters, and an
 * `&` that starts no entity becomes `&amp;`. CDATA and comments are left alone.
 *
 * For use after `parseXml` answered `malformed`, never before; a document that passes needs none.
 */
export function mendEntities(text: string): string {
  const sections = /<!\[CDATA\[[^]*?(?:\]\]>|$)|<!--[^]*?(?:-->|$)|&(?:(#\d+|#x[\da-f]+|\w+);)?/gi
  return text.replace(sections, (match, entity: string | undefined) => {
    if (!match.startsWith('&')) return match
    if (entity === undefined) return '&amp;'
    if (entity.startsWith('#') || ['amp', 'lt', 'gt', 'quot', 'apos'].includes(entity)) return match
    const code = Object.hasOwn(HTML_ENTITIES, entity) ? HTML_ENTITIES[entity] : undefined
    return code === undefined ? `&amp;${entity};` : `&#${code};`
  })
}
