import type { MailContent } from './mail-content.ts'

/** The mail for those who read text alone. */
export function mailText(content: MailContent, orderUrl: string, seller: string): string {
  const { before, title, product, facts, parcels, after, words } = content
  const blocks = [
    ...before,
    `${title}\n${product}`,
    facts.map(({ name, value }) => `${name}: ${value.join(', ')}`).join('\n'),
    ...parcels.map(({ text, url }) => (url === undefined ? text : `${text}\n${url}`)),
    ...after,
    `${words.see_order}:\n${orderUrl}\n${words.yours_alone}`,
    `${words.questions}\n${seller}`,
  ]
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`
}
