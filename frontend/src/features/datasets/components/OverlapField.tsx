import { NumberInput, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Overlap } from '@/lib/datasets';
import { SharedOverlapFields, type SharedOverlap } from './SharedOverlapFields';

const MOST_ANSWERS = 64;
const FIRST_SHARE: SharedOverlap = { base: 1, share: 0.1, to: 3 };

/** How many people answer each image: a number, a larger one for a share of them, or everybody. */
export function OverlapField(props: {
  value: Overlap;
  hint?: string;
  onChange: (overlap: Overlap) => void;
}) {
  const { t } = useTranslation('datasets');
  const { value, onChange } = props;
  const [count, setCount] = useState(typeof value === 'number' ? value : 2);
  const shared = typeof value === 'object' ? value : null;
  const mode = typeof value === 'number' ? 'some' : value === 'all' ? 'all' : 'shared';

  function choose(wanted: string) {
    onChange(wanted === 'all' ? 'all' : wanted === 'shared' ? FIRST_SHARE : count);
  }

  function recount(wanted: string | number) {
    const next = Number(wanted) || 1;
    setCount(next);
    onChange(next);
  }

  return (
    <Radio.Group
      label={t('overlap.label')}
      description={props.hint ?? t('overlap.hint')}
      value={mode}
      onChange={choose}
    >
      <Stack gap="xs" mt={6}>
        <Radio value="some" label={t('overlap.some')} />
        {mode === 'some' && (
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
        <Radio value="shared" label={t('overlap.shared')} description={t('overlap.sharedText')} />
        {shared !== null && (
          <SharedOverlapFields value={shared} most={MOST_ANSWERS} onChange={onChange} />
        )}
        <Radio value="all" label={t('overlap.all')} />
      </Stack>
    </Radio.Group>
  );
}
