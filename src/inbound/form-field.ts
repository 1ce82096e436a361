/** A field of a form of a web page. Of a file, `text` is its name, type and size. */
export interface FormField {
  name: string
  text: string
  isFile: boolean
  /** What else the field is called, such as the label that people see. */
  labels?: readonly string[]
  /** Where it stands in a body of JSON; without it the name says it. */
  pointer?: string
  /** The parts around the name that only hold the answers: `payload` and `data`. */
  within?: readonly string[]
}
