import type { CheckoutMessage, CheckoutStart } from '#contracts/checkout/start.ts'

/** Tells the page that opened this one what happened, at the origin that its button named and at no other. Nobody is listened to. */
export function tellOpener({ origin, publication, reference }: CheckoutStart, type: CheckoutMessage['type']): void {
  if (origin === undefined || !URL.canParse(origin) || window.opener === null) return
  const message: CheckoutMessage = {
    ...{ printcloud: 1, type },
    ...(publication === undefined ? {} : { publication }),
    ...(reference === undefined ? {} : { reference }),
  }
  window.opener.postMessage(message, origin)
}
