import { type Html, html } from '../pages/html.ts'
import { page, time } from '../pages/page.ts'
import type { Message } from './message.ts'

/** One message: who, when, its text with links to follow, its HTML in a frame where nothing runs. */
export function messagePage(message: Message): string {
  const title = message.subject === '' ? '(no subject)' : message.subject
  const people = [
    field('From', [message.from]),
    field('To', message.to),
    field('Cc', message.cc),
    field('Bcc', message.bcc),
    field('Reply to', message.replyTo),
    field('Attached', message.attachments.map(describeAttachment)),
  ]
  return page(
    { title, styleSheet: '/mailbox.css' },
    html`<p><a href="/">All mail</a></p>
<h1>${title}</h1>
<dl>
<dt>Received</dt><dd>${time(message.receivedAt)}</dd>
${people}
</dl>
${message.html === undefined ? html`` : framed(message)}
${message.text === undefined ? html`` : html`<h2>Text</h2><pre>${linked(message.text)}</pre>`}`,
  )
}

function field(name: string, values: readonly string[]): Html {
  return values.length === 0 ? html`` : html`<dt>${name}</dt><dd>${values.join(', ')}</dd>`
}

/** Links inside the frame lead nowhere, so the page lists them. */
function framed(message: Message): Html {
  const addresses = new Set((message.html ?? '').match(webAddress)?.map((address) => address.replaceAll('&amp;', '&')))
  const links = [...addresses].map((address) => html`<li>${link(address)}</li>`)
  return html`<iframe sandbox src="/messages/${message.id}/html" title="The message as it looks"></iframe>
${links.length === 0 ? html`` : html`<h2>Links in it</h2><ul>${links}</ul>`}`
}

const webAddress = /https?:\/\/[^\s<>"'()]+/g

function linked(text: string): Html[] {
  const parts: Html[] = []
  let from = 0
  for (const match of text.matchAll(webAddress)) {
    parts.push(html`${text.slice(from, match.index)}`, link(match[0]))
    from = match.index + match[0].length
  }
  return [...parts, html`${text.slice(from)}`]
}

function link(address: string): Html {
  return html`<a href="${address}" rel="noreferrer">${address}</a>`
}

function describeAttachment({ fileName, contentType, contentBase64 }: Message['attachments'][number]): string {
  const sizeKilobytes = Buffer.byteLength(contentBase64, 'base64') / 1000
  return `${fileName} (${contentType}, ${sizeKilobytes.toFixed(1)} kB)`
}
