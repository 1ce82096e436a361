import { codesOf } from './codes.ts'

/** Changes that were made to what a sender gave, so that it could be read. The text as given is kept. */
export const REPAIR_REASONS = {
  repaired_phone: [],
  repaired_email: [],
  moved_to_email: [],
  moved_to_phone: [],
  split_values: [],
  surplus_values: [],
  absent_value: [],
  unreadable_value: [],
  incomplete_value: [],
  shortened_text: [],
  html_text: [],
  surplus_item: [],
  unknown_member: [],
  overlong_id: [],
  unknown_reference: [],
  found_in_text: [],
  placeholder_words: [],
  file_left_out: [],
  replaced_character: [],
  repeated_member: [],
  repaired_json: [],
  charset_contradicted: [],
  charset_guessed: [],
  replaced_byte: [],
  control_character: [],
  html_entity: [],
  stray_ampersand: [],
  stray_angle_bracket: [],
  faulty_attribute: [],
  faulty_tag: [],
  unclosed_element: [],
  unclosed_section: [],
  text_around_document: [],
  other_root: [],
  escaped_document: [],
  cut_document: [],
  unreadable_document: []
} as const
export const REPAIR_CODES = codesOf(REPAIR_REASONS)
export type RepairCode = keyof typeof REPAIR_REASONS
