import type { Frame } from 'playwright-core'
import type { VisitorWorld } from '../../journey/visitor-world.ts'

/** Every way that HTML has to show a page within a page. */
const ways: Readonly<Record<string, (url: string) => string>> = {
  frame: (url) => `<iframe src="${url}"></iframe>`,
  'sandboxed frame': (url) => `<iframe sandbox="allow-scripts allow-forms allow-same-origin" src="${url}"></iframe>`,
  'sandboxed frame without an origin': (url) => `<iframe sandbox="allow-scripts" src="${url}"></iframe>`,
  'frame within a frame': (url) => `<iframe srcdoc="&lt;iframe src='${url}'&gt;&lt;/iframe&gt;"></iframe>`,
  object: (url) => `<object data="${url}" type="text/html"></object>`,
  embed: (url) => `<embed src="${url}" type="text/html">`,
}

/**
 * Puts each address into a page of others, in every way, from another site and from the same one (another port of it). Faults are those that
 * were to be seen there, and ways that show nothing at all: each is tried with a page that allows it, too.
 */
export async function frameAll(world: VisitorWorld, addresses: Readonly<Record<string, string>>) {
  const allowed = world.show({ body: '<main id="page">To be framed</main>' })
  const tries = Object.keys(ways).flatMap((way) => Object.keys(addresses).map((what) => `${what} in: ${way}`))
  const canaries = Object.keys(ways).map((way) => `canary in: ${way}`)
  const all = Object.entries({ ...addresses, canary: allowed })
  const body = Object.entries(ways).flatMap(([way, html]) =>
    all.map(([what, address]) => `<div title="${what} in: ${way}">${html(address)}</div>`),
  )
  const crossSite = world.show({ body: body.join('') })
  const sameSite = crossSite.replace('localhost', '127.0.0.1')
  const faults: string[] = []
  for (const host of [crossSite, sameSite]) {
    const shown = await world.visit(async ({ context }) => {
      const page = await context.newPage()
      await page.goto(host, { waitUntil: 'networkidle' })
      return (await Promise.all(page.frames().slice(1).map(shownIn))).flat()
    })
    faults.push(...shown.filter((each) => tries.includes(each)).map((each) => `${host} shows the ${each}`))
    faults.push(...canaries.filter((each) => !shown.includes(each)).map((each) => `${host} does not show the ${each}`))
  }
  return { tries: 2 * tries.length, faults }
}

/** Which try a frame is, when it has a page of ours (in #page); what a browser shows in its place has none. */
async function shownIn(frame: Frame): Promise<readonly string[]> {
  if (!(await frame.evaluate('document.getElementById("page") !== null').catch(() => false))) return []
  let outer = frame
  for (let up = outer.parentFrame(); up?.parentFrame(); up = outer.parentFrame()) outer = up
  const element = await outer.frameElement()
  return [
    (await element.evaluate((each: { parentElement: { title: string } | null }) => each.parentElement?.title)) ?? '',
  ]
}
