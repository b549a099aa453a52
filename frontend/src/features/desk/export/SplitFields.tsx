import { Checkbox, Group, NumberInput, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExportOrder } from './formats';

const PARTS = ['train', 'val', 'test'] as const;

type Percents = Record<(typeof PARTS)[number], number>;

/** Shares of the data in percent. What does not add up to 100 is said, and sent all the same: the
 * server refuses it in words, too. */
export function SplitFields(props: {
  value: ExportOrder['splits'];
  size: 'xs' | 'sm';
  onChange: (splits: ExportOrder['splits']) => void;
}) {
  const { t } = useTranslation('desk');
  const [percents, setPercents] = useState<Percents>({ train: 80, val: 10, test: 10 });
  const whole = PARTS.reduce((sum, part) => sum + percents[part], 0);
  return (
    <>
      <Checkbox
        size={props.size}
        label={t('export.splits')}
        description={t('export.splitsText')}
        checked={props.value !== null}
        onChange={(event) => props.onChange(event.currentTarget.checked ? shares(percents) : null)}
      />
      {props.value !== null && (
        <Group gap="sm" ml={30} align="end">
          {PARTS.map((part) => (
            <NumberInput
              key={part}
              size={props.size}
              w={110}
              min={0}
              max={100}
              allowDecimal={false}
              suffix=" %"
              label={t(`export.parts.${part}`)}
              value={percents[part]}
              onChange={(wanted) => {
                const changed = { ...percents, [part]: Number(wanted) || 0 };
                setPercents(changed);
                props.onChange(shares(changed));
              }}
            />
          ))}
          {whole !== 100 && (
            <Text size="sm" role="status">
              {t('export.whole', { whole })}
            </Text>
          )}
        </Group>
      )}
    </>
  );
}

function shares(percents: Percents): Record<string, number> {
  const named = PARTS.filter((part) => percents[part] > 0);
  return Object.fromEntries(named.map((part) => [part, percents[part] / 100]));
}
