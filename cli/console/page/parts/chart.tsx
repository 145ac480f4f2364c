import { count } from './basics.tsx'

/** Delivered and failed documents over time as two rows of bars, one above and one below the line. */
export function Course({ delivered, failed, points }: { delivered: number[]; failed: number[]; points: string[] }) {
  const most = Math.max(1, ...delivered, ...failed)
  const width = 4
  const height = 22
  const scaled = (n: number) => (n === 0 ? 0 : Math.max(1.5, (n / most) * height))
  const sum = (all: number[]) => all.reduce((a, b) => a + b, 0)
  const label = `${count(sum(delivered), 'document')} delivered, ${count(sum(failed), 'document')} failed; at most ${most} at a time`
  return (
    <svg
      class="course"
      viewBox={`0 0 ${delivered.length * width} ${height * 2 + 1}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      <title>{label}</title>
      <line x1="0" x2={delivered.length * width} y1={height + 0.5} y2={height + 0.5} class="axis" />
      {delivered.map((n, i) => (
        <g key={points[i]}>
          <title>{`${(points[i] ?? '').slice(0, 16).replace('T', ' ')} UTC: ${n} delivered, ${failed[i] ?? 0} failed`}</title>
          <rect x={i * width} width={width} y={0} height={height * 2 + 1} class="hit" />
          <rect x={i * width + 0.5} width={width - 1} y={height - scaled(n)} height={scaled(n)} class="good" />
          <rect x={i * width + 0.5} width={width - 1} y={height + 1} height={scaled(failed[i] ?? 0)} class="bad" />
        </g>
      ))}
    </svg>
  )
}
