/** What a mail says in one language, in Liquid. */
export interface TemplateWording {
  subject: string
  text: string
  /** Null: the mail has a text part only. */
  html: string | null
}

/** By BCP 47 language, such as `en` or `pt-BR`. */
export interface TemplateContent {
  languages: Record<string, TemplateWording>
}

/** A mail that a dealer words itself. */
export interface Template {
  id: string
  name: string
  content: TemplateContent
  version: number
  createdAt: Date
  updatedAt: Date
}
