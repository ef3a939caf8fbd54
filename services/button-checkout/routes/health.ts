import type { AddRoutes } from './context.ts'

/** Nobody's: it is asked for so that the store answers. */
const nobody = 'health'
/** However many ask, and anybody may: the store is asked this often. */
const betweenLooksMilliseconds = 1_000

/**
 * 200 as long as pages can be served; `store` says whether checkouts can be kept. It asks nothing of the order API: without it the checkout
 * sells all the same.
 */
export const addHealthRoute: AddRoutes = (app, { store }) => {
  const look = (): Promise<'working' | 'down'> =>
    store.find(nobody).then(
      () => 'working',
      () => 'down',
    )
  let looked: { readonly standing: ReturnType<typeof look>; readonly atMilliseconds: number } | undefined
  app.get('/checkout/healthz', async () => {
    const at = performance.now()
    if (!looked || at - looked.atMilliseconds >= betweenLooksMilliseconds)
      looked = { standing: look(), atMilliseconds: at }
    return { status: 'ok', store: await looked.standing }
  })
}
