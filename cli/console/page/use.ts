import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { type Refusal, read } from './http.ts'

/** Something read from the server, read again at once with `reload` and every so often while the page is looked at. */
export function useRead<T>(
  path: string,
  query: Record<string, string>,
  everyMs?: number,
): { data?: T; error?: Refusal; reload(): void } {
  const [state, setState] = useState<{ data?: T; error?: Refusal; of?: string }>({})
  const key = `${path}?${new URLSearchParams(query)}`
  const latest = useRef(key)
  latest.current = key
  const reload = useCallback(() => {
    read<T>(path, query).then(
      (data) => latest.current === key && setState({ data, of: key }),
      (error: Refusal) => latest.current === key && setState((before) => ({ ...before, error, of: key })),
    )
  }, [key])
  useEffect(() => {
    reload()
    if (everyMs === undefined) return undefined
    const timer = setInterval(() => document.visibilityState === 'visible' && reload(), everyMs)
    return () => clearInterval(timer)
  }, [key, everyMs])
  const current = state.of === key ? state : {}
  return { ...current, reload }
}

/** Where the page is: the part of the URL behind #, as words ("document", "4711"). */
export function useRoute(): string[] {
  const [route, setRoute] = useState(routeNow)
  useEffect(() => {
    const changed = () => setRoute(routeNow())
    addEventListener('hashchange', changed)
    return () => removeEventListener('hashchange', changed)
  }, [])
  return route
}

const routeNow = (): string[] => location.hash.replace(/^#\/?/, '').split('/').map(decodeURIComponent)

/** The address of a place on the page. */
export const href = (...words: string[]): string => `#/${words.map(encodeURIComponent).join('/')}`

export const go = (...words: string[]): void => {
  location.hash = href(...words)
}

/** Keys that work everywhere but in fields, by name; two keys as "g o". */
export function useKeys(keys: Readonly<Record<string, () => void>>): void {
  const current = useRef(keys)
  current.current = keys
  useEffect(() => {
    let first = ''
    const pressed = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isField(event.target)) return
      const name = first === '' ? event.key : `${first} ${event.key}`
      const work = current.current[name] ?? current.current[event.key]
      first = event.key === 'g' && first === '' ? 'g' : ''
      if (!work) return
      event.preventDefault()
      work()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [])
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
