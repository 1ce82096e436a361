/** A real browser, where one is installed: tests that need it are skipped elsewhere. */
export const BROWSER = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Nothing of its own over the network: what it asks for is asked by the page. */
export const BROWSER_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync'
]
