import type { HostPage } from '../../journey/visitor-world.ts'

/** The strictest page that can have a print button at all: nothing inline, no object made of text, and everything broken is reported. */
const policy = [
  "default-src 'none'",
  ...['script-src CDN', 'connect-src CDN', 'img-src CDN', "base-uri 'none'", "form-action 'none'"],
  ...["require-trusted-types-for 'script'", "trusted-types 'none'", 'report-uri /reports'],
].join('; ')

export const strictPage = (publication: string, body = ''): HostPage => ({
  head: '<script async src="CDN/v1/button.js"></script>',
  body: `<main><print-button publication="${publication}" thumbnail></print-button></main>${body}`,
  headers: { 'content-security-policy': policy, 'referrer-policy': 'no-referrer' },
})

/** One that breaks its own rules, in three ways: so that silence means something. */
export const brokenPage: HostPage = {
  ...strictPage('', '<p style="color:red">Red</p><script>document.title = 1</script>'),
  head: '<script src="https://elsewhere.example/x.js"></script>',
}
