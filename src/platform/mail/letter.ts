import type { Locale } from '../../generated/prisma/enums.js'
import { type Html, html } from '../http/html.js'
import type { Mail } from './mailer.js'

/** A sentence, and where it leads. */
export interface LinkParagraph {
  /** Ends with a colon: the address follows it where letters are plain text. */
  readonly text: string
  readonly button: string
  readonly url: string
}

export interface Letter {
  readonly subject: string
  /** What people wrote may stand in it: it is escaped. */
  readonly paragraphs: readonly (string | LinkParagraph)[]
  /** Small, at the end: why this was sent. */
  readonly footer?: string
}

const GREETING: Readonly<Record<Locale, string>> = { RU: 'Здравствуйте!', EN: 'Hello!' }

/** A letter as it is sent: plain text, and HTML that needs no request, no script and no style sheet. */
export function writeLetter(locale: Locale, letter: Letter): Omit<Mail, 'to'> & { readonly html: string } {
  const { subject, paragraphs, footer } = letter
  const text = [GREETING[locale], ...paragraphs.map(asText), ...(footer ? [`—\n${footer}`] : [])].join('\n\n')
  return { subject, text, html: pageOf(locale, letter) }
}

const asText = (paragraph: string | LinkParagraph): string =>
  typeof paragraph === 'string' ? paragraph : `${paragraph.text}\n${paragraph.url}`

// Styles stand at the elements, and tables hold the width: programs that show letters drop the rest.
const FONT = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
const INK = '#171a26'
const SOFT = '#5b6175'
const ACCENT = '#4338ca'

const asHtml = (paragraph: string | LinkParagraph): Html =>
  typeof paragraph === 'string'
    ? html`<p style="margin:0 0 16px;white-space:pre-line">${paragraph}</p>`
    : html`<p style="margin:0 0 12px">${paragraph.text}</p>
<p style="margin:0 0 8px"><a href="${paragraph.url}" style="display:inline-block;padding:12px 24px;border-radius:12px;background:${ACCENT};color:#ffffff;font-weight:600;text-decoration:none">${paragraph.button}</a></p>
<p style="margin:0 0 16px;font-size:13px;line-height:18px;color:${SOFT};word-break:break-all">${paragraph.url}</p>`

const pageOf = (locale: Locale, { subject, paragraphs, footer }: Letter): string =>
  html`<!doctype html>
<html lang="${locale.toLowerCase()}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light">
<title>${subject}</title></head>
<body style="margin:0;padding:0;background:#f1f3f8">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f1f3f8"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;background:#ffffff;border:1px solid #dfe3ec;border-radius:16px"><tr>
<td style="padding:28px 32px;${FONT};font-size:16px;line-height:24px;color:${INK}">
<p style="margin:0 0 20px;font-weight:700;color:${ACCENT}">AdTime</p>
<h1 style="margin:0 0 16px;font-size:22px;line-height:28px">${subject}</h1>
<p style="margin:0 0 16px">${GREETING[locale]}</p>
${paragraphs.map(asHtml)}
${footer ? html`<p style="margin:24px 0 0;padding-top:16px;border-top:1px solid #dfe3ec;font-size:13px;line-height:18px;color:${SOFT}">${footer}</p>` : null}
</td></tr></table>
</td></tr></table>
</body></html>
`.text
