import { Button, Group, NumberInput, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './FilterChips.module.css';
import { without } from './filter';
import type { RangeName, TaskFilter } from './filter';

interface Props {
  filter: TaskFilter;
  onFilter: (filter: TaskFilter, replace?: boolean) => void;
  onDone: () => void;
}

type Preset = readonly [
  'tiny' | 'small' | 'medium' | 'large' | 'doubtful' | 'sure' | 'none' | 'many',
  number | undefined,
  number | undefined,
];

/** What people ask for most, in words. */
const PRESETS: Partial<Record<RangeName, readonly Preset[]>> = {
  size: [
    ['tiny', undefined, 16],
    ['small', undefined, 32],
    ['medium', 32, 256],
    ['large', 256, undefined],
  ],
  confidence: [
    ['doubtful', undefined, 0.5],
    ['sure', 0.9, undefined],
  ],
  shapes: [
    ['none', undefined, 0],
    ['many', 21, undefined],
  ],
};

/** The bounds of a number; either may be left out. */
export function RangeEditor(props: Props & { name: RangeName }) {
  const { t } = useTranslation('browse');
  const { filter, name, onFilter, onDone } = props;
  const [low, setLow] = useState<number | string>(shown(name, filter[`min_${name}`]));
  const [high, setHigh] = useState<number | string>(shown(name, filter[`max_${name}`]));
  const apply = (from: number | undefined, to: number | undefined) => {
    onFilter({
      ...without(filter, `min_${name}`, `max_${name}`),
      ...(from !== undefined && { [`min_${name}`]: from }),
      ...(to !== undefined && { [`max_${name}`]: to }),
    });
    onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        apply(meant(name, low), meant(name, high));
      }}
    >
      <Stack gap="xs">
        {PRESETS[name] && (
          <div className={classes.presets}>
            {PRESETS[name].map(([words, from, to]) => (
              <Button
                key={words}
                size="compact-xs"
                variant="default"
                onClick={() => apply(from, to)}
              >
                {t(`preset.${words}`)}
              </Button>
            ))}
          </div>
        )}
        <Group gap="xs" grow wrap="nowrap">
          <NumberInput {...field(name)} label={t('from')} value={low} onChange={setLow} />
          <NumberInput {...field(name)} label={t('to')} value={high} onChange={setHigh} />
        </Group>
        {name === 'size' && <p className={classes.hint}>{t('sizeHint')}</p>}
        <Button type="submit" size="xs" disabled={low === '' && high === ''}>
          {t('apply')}
        </Button>
      </Stack>
    </form>
  );
}

/** How many answers a complete task has. */
export function NumberEditor({ filter, onFilter, onDone }: Props) {
  const { t } = useTranslation('browse');
  const [count, setCount] = useState<number | string>(filter.answers ?? '');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (typeof count === 'number') onFilter({ ...filter, answers: count });
        onDone();
      }}
    >
      <Stack gap="xs">
        <NumberInput
          size="xs"
          min={0}
          label={t('name.answers')}
          value={count}
          onChange={setCount}
        />
        <Button type="submit" size="xs" disabled={count === ''}>
          {t('apply')}
        </Button>
      </Stack>
    </form>
  );
}

function field(name: RangeName) {
  if (name === 'confidence') return { size: 'xs', min: 0, max: 100, suffix: ' %' } as const;
  return { size: 'xs', ...(name !== 'score' && { min: 0 }) } as const;
}

/** People say confidence in percent. */
function shown(name: RangeName, value: number | undefined): number | string {
  if (value === undefined) return '';
  return name === 'confidence' ? Math.round(100 * value) : value;
}

function meant(name: RangeName, value: number | string): number | undefined {
  if (typeof value !== 'number') return undefined;
  return name === 'confidence' ? value / 100 : value;
}
