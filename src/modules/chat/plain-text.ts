// Line breaks of every kind, as one.
const LINE_BREAKS = /\r\n?|[\u0085\u2028\u2029]/g
// Controls but for tab and line feed, and what turns the direction of the text around it: a message must not rearrange the page it is shown on.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
const UNWANTED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g
const VISIBLE = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}]/u

/**
 * What is kept of somebody's words: text as they wrote it, markup included, without control characters. Empty when nothing of it
 * could be seen.
 */
export function plainText(raw: string): string {
  const text = raw.replace(LINE_BREAKS, '\n').replace(UNWANTED, '').trim()
  return VISIBLE.test(text) ? text : ''
}
