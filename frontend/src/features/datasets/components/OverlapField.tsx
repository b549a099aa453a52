import { NumberInput, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Overlap } from '@/lib/datasets';

/** How many people answer each image. A share that a script has set is shown, and kept unless changed. */
export function OverlapField(props: { value: Overlap; onChange: (overlap: Overlap) => void }) {
  const { t } = useTranslation('datasets');
  const { value, onChange } = props;
  const [count, setCount] = useState(typeof value === 'number' ? value : 2);
  const [shared] = useState(typeof value === 'object' ? value : null);
  const mode = typeof value === 'number' ? 'some' : value === 'all' ? 'all' : 'shared';

  function choose(wanted: string) {
    if (wanted === 'all') onChange('all');
    else if (wanted === 'shared' && shared !== null) onChange(shared);
    else onChange(count);
  }

  function recount(wanted: string | number) {
    const next = Number(wanted) || 1;
    setCount(next);
    onChange(next);
  }

  return (
    <Radio.Group
      label={t('overlap.label')}
      description={t('overlap.hint')}
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
            max={100}
            allowDecimal={false}
            value={count}
            onChange={recount}
          />
        )}
        <Radio value="all" label={t('overlap.all')} />
        {shared !== null && (
          <Radio
            value="shared"
            label={t('overlap.shared', { ...shared, share: Math.round(100 * shared.share) })}
          />
        )}
      </Stack>
    </Radio.Group>
  );
}
