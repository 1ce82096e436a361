/** Sets a member under any name: a field may be called `__proto__`. */
export function setOwn(members: object, key: string, value: unknown): void {
  Object.defineProperty(members, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true
  })
}
