import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '@/components/Icon';
import type { Interface } from '@/lib/datasets';
import classes from './InterfaceChoice.module.css';

const ICONS: Record<Interface, IconName> = {
  image_manual: 'box',
  classification: 'thumb',
  choice: 'list',
  image_choice: 'grid',
  image: 'check',
};

/** The one question that a dataset asks, said in what the annotator will do. */
export function InterfaceChoice(props: { value: Interface; onChange: (to: Interface) => void }) {
  const { t } = useTranslation('datasets');
  return (
    <Radio.Group
      label={t('create.interface')}
      value={props.value}
      onChange={(value) => props.onChange(value as Interface)}
    >
      <div className={classes.cards}>
        {(Object.keys(ICONS) as Interface[]).map((kind) => (
          <label key={kind} className={classes.card} data-chosen={props.value === kind}>
            <span className={classes.head}>
              <Icon name={ICONS[kind]} />
              <Radio value={kind} aria-label={t(`interface.${kind}.name`)} size="xs" />
            </span>
            <b>{t(`interface.${kind}.name`)}</b>
            <span>{t(`interface.${kind}.text`)}</span>
          </label>
        ))}
      </div>
    </Radio.Group>
  );
}
