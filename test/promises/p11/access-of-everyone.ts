import { startApi } from '../../loopback/order-api/platform.ts'
import type { ProductPromise } from '../promise.ts'
import { makeTenant } from '../tenants.ts'
import { accessTable } from './access-table.ts'
import { knockAtDoor } from './at-the-door.ts'
import { compareRoutes } from './compare-routes.ts'
import { reachForIds } from './ids-of-others.ts'
import { makeActors, makeHolders, makeStrangers } from './principals.ts'

/** P11: every route lets in exactly whom the table names. */
export const accessOfEveryone: ProductPromise = {
  id: 'P11',
  guarantee: 'every route lets in exactly whom the table names, and a route without a row breaks the promise',
  run: async ({ signal, tell }) => {
    const api = await startApi()
    try {
      const owner = await makeTenant(api, 'Owner')
      const other = await makeTenant(api, 'Other')
      const principals = [
        ...(await makeStrangers(api, owner)),
        ...(await makeHolders(api, owner)),
        ...(await makeActors(api, other)),
      ]
      const faults = compareRoutes(api.routes, accessTable)
      let requests = 0
      for (const row of accessTable) {
        signal.throwIfAborted()
        tell(`P11: ${row.route}`)
        const judged = [
          ...(await knockAtDoor(api, row, principals)),
          ...(await reachForIds(api, row, { owner, other })),
        ]
        requests += judged.length
        faults.push(...judged.flatMap(({ fault }) => fault ?? []))
      }
      const ids = accessTable.filter((row) => row.ids).length
      const figure = `${accessTable.length} routes × ${principals.length} principals, ids of others at ${ids}: ${requests} answers, ${faults.length} not as the table says`
      return { figure, faults }
    } finally {
      await api.close()
    }
  },
}
