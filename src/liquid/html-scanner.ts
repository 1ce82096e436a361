/** Elements whose content a browser reads by other rules: none is of use in a mail. */
const REFUSED_ELEMENTS: readonly string[] = [
  'script',
  'iframe',
  'math',
  'noembed',
  'noframes',
  'noscript',
  'object',
  'embed',
  'base',
  'plaintext',
  'svg',
  'template',
  'xmp'
]

/** Elements whose content is no HTML; in the first, values can do harm all the same. */
const RAW_ELEMENTS: readonly string[] = ['style', 'textarea', 'title']

/** Attributes whose value is an address: what it begins with says what a click does. */
const URL_ATTRIBUTES: readonly string[] = [
  'action',
  'background',
  'cite',
  'data',
  'formaction',
  'href',
  'longdesc',
  'manifest',
  'ping',
  'poster',
  'src',
  'srcset',
  'xlink:href'
]

/** Where a value stands: `link` in an address, `nowhere` where no escaping would hold it. */
export type HtmlPlace = 'text' | 'link' | 'nowhere'

type Mode =
  | 'text'
  | 'open'
  | 'declaration'
  | 'comment'
  | 'bogus'
  | 'element'
  | 'inside'
  | 'attribute'
  | 'after'
  | 'value'
  | 'double'
  | 'single'
  | 'unquoted'
  | 'raw'

const BLANK = /[\t\n\f\r ]/

/** A comment may end right after it began: `<!-->`, `<!--->`. */
const COMMENT_START = '^'

/**
 * Follows HTML as a browser's tokenizer does, so far as to know where in it a value would stand.
 */
export class HtmlScanner {
  #mode: Mode = 'text'
  /** The part read so far, as much of it as decides how it goes on. */
  #word = ''
  #element = ''
  #attribute = ''
  #refused: string | null = null

  /** The next mode for each character, by mode. */
  readonly #steps: Record<Mode, (character: string) => void> = {
    text: (character) => {
      if (character === '<') this.#turn('open')
    },
    open: (character) => {
      if (/[a-z/]/.test(character)) this.#turn('element', character)
      else if (character === '!') this.#turn('declaration')
      else if (character === '?') this.#turn('bogus')
      else if (character !== '<') this.#turn('text')
    },
    declaration: (character) => {
      this.#word += character
      if (character === '>') this.#turn('text')
      else if (this.#word === '--') this.#turn('comment', COMMENT_START)
      else if (this.#word !== '-') this.#turn('bogus')
    },
    comment: (character) => {
      this.#readComment(this.#word + character)
    },
    bogus: (character) => {
      if (character === '>') this.#turn('text')
    },
    element: (character) => {
      if (character === '>') this.#endTag()
      else if (BLANK.test(character) || (character === '/' && this.#word !== '/')) {
        this.#nameElement()
        this.#mode = 'inside'
      } else this.#word += character
    },
    inside: (character) => {
      if (character === '>') this.#endTag()
      else if (character !== '/' && !BLANK.test(character)) this.#beginAttribute(character)
    },
    attribute: (character) => {
      if (character === '>') this.#endTag()
      else if (character === '=') this.#mode = 'value'
      else if (character === '/') this.#endAttribute()
      else if (BLANK.test(character)) this.#mode = 'after'
      else this.#attribute += character
    },
    after: (character) => {
      if (character === '>') this.#endTag()
      else if (character === '=') this.#mode = 'value'
      else if (character === '/') this.#endAttribute()
      else if (!BLANK.test(character)) this.#beginAttribute(character)
    },
    value: (character) => {
      if (character === '>') this.#endTag()
      else if (character === '"') this.#mode = 'double'
      else if (character === "'") this.#mode = 'single'
      else if (!BLANK.test(character)) this.#mode = 'unquoted'
    },
    double: (character) => {
      if (character === '"') this.#endAttribute()
    },
    single: (character) => {
      if (character === "'") this.#endAttribute()
    },
    unquoted: (character) => {
      if (character === '>') this.#endTag()
      else if (BLANK.test(character)) this.#endAttribute()
    },
    raw: (character) => {
      this.#readRaw(character)
    }
  }

  /** The first element that has no place in a mail, or null. */
  get refused(): string | null {
    return this.#refused
  }

  /** All that decides how it goes on: two ways that meet must agree in it. */
  get state(): string {
    return [this.#mode, this.#word, this.#element, this.#attribute].join('\u0000')
  }

  get isBetweenElements(): boolean {
    return this.#mode === 'text'
  }

  get place(): HtmlPlace {
    if (this.#mode === 'text') return 'text'
    if (this.#mode === 'raw') return this.#element === 'style' ? 'nowhere' : 'text'
    if (this.#mode !== 'double' && this.#mode !== 'single') return 'nowhere'
    if (/^on|^style$|^srcdoc$/.test(this.#attribute)) return 'nowhere'
    return URL_ATTRIBUTES.includes(this.#attribute) ? 'link' : 'text'
  }

  read(html: string): void {
    for (const character of html) this.#steps[this.#mode](character.toLowerCase())
  }

  #readComment(word: string): void {
    const isAbrupt = word === `${COMMENT_START}>` || word === `${COMMENT_START}->`
    if (isAbrupt || /(-->|--!>)$/.test(word)) this.#turn('text')
    else if (/^\^-{1,2}$/.test(word)) this.#word = word
    else this.#word = /(--!?|-)$/.exec(word)?.[0] ?? ''
  }

  #readRaw(character: string): void {
    const end = `</${this.#element}`
    const isEnd = this.#word === end
    if (isEnd && character === '>') this.#turn('text')
    else if (isEnd && (BLANK.test(character) || character === '/')) this.#turn('inside')
    else {
      // Of what was read, only the beginning of an end counts.
      this.#word += character
      while (!end.startsWith(this.#word)) this.#word = this.#word.slice(1)
    }
  }

  #nameElement(): void {
    this.#element = this.#word
    this.#word = ''
    const name = this.#element.replace(/^\//, '')
    if (REFUSED_ELEMENTS.includes(name)) this.#refused ??= name
  }

  #beginAttribute(character: string): void {
    this.#mode = 'attribute'
    this.#attribute = character
  }

  #endAttribute(): void {
    this.#mode = 'inside'
    this.#attribute = ''
  }

  #endTag(): void {
    if (this.#mode === 'element') this.#nameElement()
    const element = this.#element
    this.#turn(RAW_ELEMENTS.includes(element) ? 'raw' : 'text')
    if (this.#mode === 'raw') this.#element = element
  }

  #turn(mode: Mode, word = ''): void {
    this.#mode = mode
    this.#word = word
    this.#element = ''
    this.#attribute = ''
  }
}
