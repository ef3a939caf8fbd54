/** The one way to make HTML: Preact without JSX, so that the same file runs on the server, untransformed, and in the browser. */
export { type ComponentChildren, Fragment, h, type VNode } from 'preact'
