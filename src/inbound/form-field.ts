/** A field of a form of a web page. Of a file, `text` is its name, type and size. */
export interface FormField {
  name: string
  text: string
  isFile: boolean
}
