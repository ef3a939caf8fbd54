import type { ButtonDocument } from '#contracts/published/button-document.ts'
import type { ShownButton } from '../read/read-buttons.ts'
import type { Tracked, Use } from '../tracked.ts'
import { type Rendered, rendered } from './rendered.ts'

/** What a publishable key stands for. */
export type ButtonSource = {
  readonly account: Tracked<string>
  /** Holds nothing where the key does not live, or its account chose no publication. */
  readonly button: Tracked<ShownButton | undefined>
  /** Whether the publication that it names is one of pages, which everyone sees. */
  readonly isOfPages: (button: ShownButton) => Tracked<boolean>
}

/** Which publication a button means that names only its key; it ends with the key. */
export function renderButton({ account, button, isOfPages }: ButtonSource, use: Use): Rendered | undefined {
  use(account)
  const shown = use(button)
  if (!shown || !use(isOfPages(shown))) return undefined
  const { isTest, publicationId, expiresAt } = shown
  const document: ButtonDocument = { object: 'button', is_test: isTest, publication_id: publicationId }
  return rendered(document, expiresAt === null ? {} : { changesAt: new Date(expiresAt) })
}
