import { html } from '../pages/html.ts'
import { page, time } from '../pages/page.ts'
import type { Message } from './message.ts'

/** The mail that was sent, newest first; `olderThan` leads to the next page when there is one. */
export function listPage(messages: readonly Message[], olderThan: string | undefined): string {
  if (messages.length === 0) {
    return page(
      { title: 'Mailbox', styleSheet: '/mailbox.css' },
      html`<h1>Mailbox</h1>
<p>No mail yet. Whatever the platform sends while it runs on this machine arrives here and goes nowhere else.</p>
<p class="quiet">Buy something at the demo shop: the checkout confirms it by mail.</p>`,
    )
  }
  const rows = messages.map(
    ({ id, receivedAt, to, cc, bcc, subject }) => html`
<tr><td>${time(receivedAt)}</td><td>${[...to, ...cc, ...bcc].join(', ')}</td><td><a href="/messages/${id}">${subject === '' ? '(no subject)' : subject}</a></td></tr>`,
  )
  const older = olderThan === undefined ? html`` : html`<p><a href="/?before=${olderThan}">Older mail</a></p>`
  return page(
    { title: 'Mailbox', styleSheet: '/mailbox.css' },
    html`<h1>Mailbox</h1>
<table>
<thead><tr><th scope="col">Received</th><th scope="col">To</th><th scope="col">Subject</th></tr></thead>
<tbody>${rows}
</tbody>
</table>
${older}`,
  )
}
