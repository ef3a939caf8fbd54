import type { VisitorWorld } from '../../journey/visitor-world.ts'

/** Whether this browser keeps no cookie of a frame from another site, and keeps one of the page itself: else the rest shows nothing. */
export async function withoutThirdPartyCookies(world: VisitorWorld): Promise<readonly string[]> {
  const headers = { 'set-cookie': 'seen=1; SameSite=None; Secure' }
  const own = world.show({ body: '', headers })
  const page = world.show({ body: `<iframe src="${own.replace('localhost', '127.0.0.1')}"></iframe>` })
  const cookiesAt = (address: string) =>
    world.visit(async ({ context }) => {
      await (await context.newPage()).goto(address, { waitUntil: 'networkidle' })
      return (await context.cookies()).length
    })
  const faults: string[] = []
  if ((await cookiesAt(page)) > 0) faults.push('the browser keeps cookies of third parties')
  if ((await cookiesAt(own)) !== 1) faults.push('the browser keeps no cookies at all')
  return faults
}
