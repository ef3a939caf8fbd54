import type { CheckoutMessage } from '#contracts/checkout/start.ts'

/** What the address of a button says of the page that it stands on: anybody may have written it. */
type Opener = {
  readonly origin?: string | undefined
  readonly publication?: string | undefined
  readonly reference?: string | undefined
}

/** Tells the page that opened this one what happened, at the origin that its button named and at no other. Nobody is listened to. */
export function tellOpener({ origin, publication, reference }: Opener, type: CheckoutMessage['type']): void {
  if (origin === undefined || !URL.canParse(origin) || window.opener === null) return
  const message: CheckoutMessage = {
    ...{ printcloud: 1, type },
    ...(publication === undefined ? {} : { publication }),
    ...(reference === undefined ? {} : { reference }),
  }
  window.opener.postMessage(message, origin)
}
