type Node = { [name: string]: unknown } | unknown[] | string | number | boolean | undefined

/**
 * An RSX document as the XML most accounts get it: the namespace, a plural root around one document, repeated
 * elements in a row without a wrapper (sps-commerce.md §6). Element order is the order of the object's fields.
 */
export function toXml(root: string, name: string, document: object): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n<${root} xmlns="http://www.spscommerce.com/RSX">${element(name, document as Node)}</${root}>\n`
}

function element(name: string, node: Node): string {
  if (node === undefined) return ''
  if (Array.isArray(node)) return node.map((n) => element(name, n as Node)).join('')
  const inside =
    typeof node === 'object'
      ? Object.entries(node)
          .map(([child, value]) => element(child, value as Node))
          .join('')
      : escaped(String(node))
  return `<${name}>${inside}</${name}>`
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
