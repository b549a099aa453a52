import { NumberInput, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Overlap } from '@/lib/datasets';
import { fieldError } from '@/lib/errorText';
import { DisputedOverlapFields, type DisputedOverlap } from './DisputedOverlapFields';
import { SharedOverlapFields, type SharedOverlap } from './SharedOverlapFields';

const MOST_ANSWERS = 64;
const FIRST_SHARE: SharedOverlap = { base: 1, share: 0.1, to: 3 };
const FIRST_DISPUTED: DisputedOverlap = { base: 2, most: 4 };

type Mode = 'some' | 'disputed' | 'shared' | 'all';

/** How many people answer each image: a number, more where they differ or for a share, or all. */
export function OverlapField(props: {
  value: Overlap;
  hint?: string;
  /** Why making or saving failed, if it did. */
  error: unknown;
  onChange: (overlap: Overlap) => void;
}) {
  const { t } = useTranslation('datasets');
  const { value, onChange } = props;
  const [count, setCount] = useState(typeof value === 'number' ? value : 2);
  const wanted = {
    some: count,
    disputed: FIRST_DISPUTED,
    shared: FIRST_SHARE,
    all: 'all',
  } as const;

  function recount(typed: string | number) {
    const next = Number(typed) || 1;
    setCount(next);
    onChange(next);
  }

  return (
    <Radio.Group
      label={t('overlap.label')}
      description={props.hint ?? t('overlap.hint')}
      error={fieldError(props.error, 'overlap')}
      value={modeOf(value)}
      onChange={(mode) => onChange(wanted[mode as Mode])}
    >
      <Stack gap="xs" mt={6}>
        <Radio value="some" label={t('overlap.some')} />
        {typeof value === 'number' && (
          <NumberInput
            aria-label={t('overlap.count')}
            description={t(count === 1 ? 'overlap.one' : 'overlap.several', { count })}
            ml={30}
            maw={240}
            min={1}
            max={MOST_ANSWERS}
            allowDecimal={false}
            value={count}
            onChange={recount}
          />
        )}
        <Radio
          value="disputed"
          label={t('overlap.disputed')}
          description={t('overlap.disputedText')}
        />
        {isDisputed(value) && (
          <DisputedOverlapFields value={value} most={MOST_ANSWERS} onChange={onChange} />
        )}
        <Radio value="shared" label={t('overlap.shared')} description={t('overlap.sharedText')} />
        {isShared(value) && (
          <SharedOverlapFields value={value} most={MOST_ANSWERS} onChange={onChange} />
        )}
        <Radio value="all" label={t('overlap.all')} />
      </Stack>
    </Radio.Group>
  );
}

function modeOf(value: Overlap): Mode {
  if (typeof value === 'number') return 'some';
  if (value === 'all') return 'all';
  return isDisputed(value) ? 'disputed' : 'shared';
}

function isDisputed(value: Overlap): value is DisputedOverlap {
  return typeof value === 'object' && 'most' in value;
}

function isShared(value: Overlap): value is SharedOverlap {
  return typeof value === 'object' && 'share' in value;
}
