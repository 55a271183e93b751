/** One sample line of an exposition. */
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

export interface Exposition {
  readonly types: ReadonlyMap<string, string>
  readonly samples: readonly Sample[]
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*'
const LABEL = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"'
const LINE = new RegExp(`^(${NAME})(?:\\{(${LABEL}(?:,${LABEL})*)?\\})? (\\S+)$`)
const PARTS: Readonly<Record<string, readonly string[]>> = {
  histogram: ['_bucket', '_sum', '_count'],
  summary: ['', '_sum', '_count'],
}

/**
 * Reads an exposition as strictly as Prometheus does, and throws where it breaks the format: the text
 * format 0.0.4, or OpenMetrics 1.0 with its `# EOF` and its names of counters.
 */
export function parseExposition(text: string, form: '0.0.4' | 'openmetrics'): Exposition {
  const lines = text.split('\n')
  if (lines.pop() !== '') throw new Error('The last line does not end')
  if (form === 'openmetrics' && lines.pop() !== '# EOF') throw new Error('No # EOF')
  const types = new Map<string, string>()
  const samples: Sample[] = []
  const seen = new Set<string>()
  let family = ''
  for (const line of lines) {
    if (line === '' && form === '0.0.4') continue
    const [, kind, name = '', rest = ''] = /^# (HELP|TYPE|UNIT) (\S+) (.*)$/.exec(line) ?? []
    if (kind !== undefined) {
      if (kind === 'TYPE') {
        if (types.has(name)) throw new Error(`A second TYPE of ${name}`)
        types.set(name, rest)
      }
      family = name
      continue
    }
    const sample = sampleOf(line)
    const key = JSON.stringify([
      sample.name,
      Object.entries(sample.labels).toSorted(([a], [b]) => a.localeCompare(b)),
    ])
    if (seen.has(key)) throw new Error(`A second time: ${line}`)
    seen.add(key)
    const type = types.get(family)
    const counter = form === 'openmetrics' && type === 'counter'
    const suffixes = counter ? ['_total'] : (PARTS[type ?? ''] ?? [''])
    if (!suffixes.some((suffix) => family + suffix === sample.name))
      throw new Error(`${sample.name} is no sample of ${family}, a ${type}`)
    samples.push(sample)
  }
  const exposition = { types, samples }
  for (const [name, type] of types) if (type === 'histogram') checkHistogram(name, exposition)
  return exposition
}

function sampleOf(line: string): Sample {
  const [, name, labels = '', number = ''] = LINE.exec(line) ?? []
  if (name === undefined) throw new Error(`No sample: ${line}`)
  const value = /^[+-]?Inf$/.test(number) ? Number(`${number}inity`) : Number(number)
  if (Number.isNaN(value) && number !== 'NaN') throw new Error(`No number: ${line}`)
  const pairs = [...labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)]
  return {
    name,
    value,
    labels: Object.fromEntries(
      pairs.map(([, label = '', text = '']) => [
        label,
        text.replaceAll(/\\(.)/g, (_all, one: string) => (one === 'n' ? '\n' : one)),
      ]),
    ),
  }
}

/** Buckets grow, the last one is +Inf, and holds as many as there are; for each set of other labels. */
function checkHistogram(name: string, { samples }: Exposition): void {
  const groups = grouped(samples.filter((one) => one.name === `${name}_bucket`))
  for (const [key, buckets] of groups) {
    const bounds = buckets.map(({ labels }) => (labels['le'] === '+Inf' ? Infinity : Number(labels['le'])))
    const sorted = buckets.every(({ value }, index) => {
      const before = index === 0 ? undefined : buckets[index - 1]
      return (
        before === undefined || (value >= before.value && Number(bounds[index]) > Number(bounds[index - 1]))
      )
    })
    const count = samples.find((one) => one.name === `${name}_count` && others(one) === key)?.value
    if (!sorted || bounds.at(-1) !== Infinity || buckets.at(-1)?.value !== count)
      throw new Error(`The buckets of ${name} ${key} are wrong`)
  }
}

const others = ({ labels: { le: _le, ...rest } }: Sample): string => JSON.stringify(rest)

function grouped(samples: readonly Sample[]): Map<string, Sample[]> {
  const groups = new Map<string, Sample[]>()
  for (const sample of samples) groups.set(others(sample), [...(groups.get(others(sample)) ?? []), sample])
  return groups
}

/** The value of the one sample with these labels; undefined where there is none. */
export const valueOf = (
  { samples }: Exposition,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined =>
  samples.find(
    (one) =>
      one.name === name && Object.entries(labels).every(([label, value]) => one.labels[label] === value),
  )?.value
