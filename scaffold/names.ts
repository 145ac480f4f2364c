import { NotPossible } from './plan.ts'

/** A name in each form that code has it in. Throws NotPossible where it is none. */
export function formsOf(name: string) {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name))
    throw new NotPossible(`"${name}" is no name: use lower case letters, digits and single hyphens`)
  const words = name.split('-')
  const Pascal = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  return {
    kebab: name,
    camel: Pascal.charAt(0).toLowerCase() + Pascal.slice(1),
    Pascal,
    /** For people: "Adobe Commerce". */
    title: words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' '),
    UPPER: words.join('_').toUpperCase(),
  }
}

/** A template's text about something of another name than "example". */
export function renamed(text: string, name: string): string {
  const { kebab, camel, Pascal, title, UPPER } = formsOf(name)
  return text
    .replaceAll('EXAMPLE', UPPER)
    .replaceAll(/Example(?=[A-Z])/g, Pascal)
    .replaceAll('Example', title)
    .replaceAll(/example(?=[A-Z])/g, camel)
    .replaceAll('example', kebab)
}
