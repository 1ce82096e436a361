/** A component of an iCalendar document: its properties by name, and what is inside. */
export interface CalendarComponent {
  name: string
  properties: Map<string, CalendarProperty[]>
  components: CalendarComponent[]
}
export interface CalendarProperty {
  parameters: string
  value: string
}

const LINE = /^([A-Z0-9-]+)((?:;[A-Z0-9-]+=[^";:,\p{Cc}]+)*):(.*)$/u
const MAX_OCTETS = 75

/**
 * Reads an iCalendar document by RFC 5545 as strictly as its grammar is, and throws where it is
 * broken: another reader than the library that the service writes with.
 */
export function readICalendar(document: string): CalendarComponent {
  const lines = document.split('\r\n')
  if (lines.pop() !== '') throw new Error('the last line does not end')
  for (const line of lines) {
    if (Buffer.byteLength(line) > MAX_OCTETS) throw new Error(`too long: ${line}`)
    if (/(?!\t)\p{Cc}/u.test(line)) throw new Error(`a control character: ${line}`)
    if (line.includes('\ufffd')) throw new Error(`a character was cut: ${line}`)
  }
  const outside: CalendarComponent = { name: '', properties: new Map(), components: [] }
  const open = [outside]
  for (const line of unfold(lines)) {
    const [, name, parameters, value] = LINE.exec(line) ?? []
    const at = open.at(-1)
    if (name === undefined || value === undefined || !at) throw new Error(`no line: ${line}`)
    if (name === 'BEGIN') {
      const inner = { name: value, properties: new Map(), components: [] }
      at.components.push(inner)
      open.push(inner)
    } else if (name === 'END') {
      if (open.pop()?.name !== value) throw new Error(`ends what has not begun: ${line}`)
    } else {
      const same = at.properties.get(name) ?? []
      at.properties.set(name, [...same, { parameters: parameters ?? '', value }])
    }
  }
  const [calendar, ...others] = outside.components
  if (open.length !== 1 || others.length > 0 || calendar?.name !== 'VCALENDAR') {
    throw new Error('is not one calendar')
  }
  return calendar
}

function unfold(lines: readonly string[]): string[] {
  return lines.reduce<string[]>((whole, line) => {
    if (/^[ \t]/.test(line)) whole.push(`${whole.pop() ?? ''}${line.slice(1)}`)
    else whole.push(line)
    return whole
  }, [])
}

/** The only value of a property; throws where there is none, or more than one. */
export function valueOf(component: CalendarComponent, name: string): string {
  const [property, ...others] = component.properties.get(name) ?? []
  if (!property || others.length > 0) throw new Error(`${component.name} has not one ${name}`)
  return property.value
}

/** The same of a text, without its escapes. */
export function textOf(component: CalendarComponent, name: string): string {
  const value = valueOf(component, name)
  if (/^(?:[^\\;,]|\\[\\;,nN])*$/su.exec(value) === null) throw new Error(`is no text: ${value}`)
  return value.replace(/\\([\\;,nN])/g, (_, escaped: string) =>
    escaped.toLowerCase() === 'n' ? '\n' : escaped
  )
}

/** The same of a time in UTC. */
export function timeOf(component: CalendarComponent, name: string): string {
  const value = valueOf(component, name)
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(value)
  if (!parts) throw new Error(`is no time in UTC: ${value}`)
  const [, year, month, day, hour, minute, second] = parts
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`
}
