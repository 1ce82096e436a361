interface DriverError {
  code?: string
  constraint?: string
  message?: string
  detail?: string
}

/** The driver's error behind Drizzle's, or the error itself. */
export function driverError(error: unknown): DriverError {
  const { cause } = error as { cause?: unknown }
  return typeof cause === 'object' && cause !== null ? cause : (error ?? {})
}

/**
 * Whether a failure may be gone in a moment: connection lost or refused, resources short, shutdown, time
 * limits, deadlock, read-only.
 */
export function isTransient(error: unknown): boolean {
  const { code, message } = driverError(error)
  if (code !== undefined) {
    return (
      /^(08|53|57P0|40)/.test(code) ||
      // 55000 is what a database that takes no connections just now says.
      ['57014', '55P03', '55000', '25006', '25P03'].includes(code) ||
      /^(ECONN(REFUSED|RESET)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|E(HOST|NET)UNREACH)$/.test(code)
    )
  }
  return /timeout exceeded when trying to connect|Query read timeout|Connection terminated/.test(
    message ?? ''
  )
}

/** Whether the values of a statement are at fault: no type or index holds them, or they break a constraint. */
export function isOfValues(error: unknown): boolean {
  return /^(?:22|23|54)/.test(driverError(error).code ?? '')
}

/** Whether the response to a statement did not come in time: then the connection is dead. */
export function isLateResponse(error: unknown): boolean {
  return /^Query read timeout$/.test(driverError(error).message ?? '')
}
