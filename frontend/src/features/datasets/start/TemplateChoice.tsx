import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from '@/components/Icon';
import { type Template, TEMPLATES } from './draft';
import classes from './start.module.css';

const ICONS: Record<Template, IconName> = {
  boxes: 'box',
  outlines: 'polygon',
  shapes: 'pencil',
  yes_no: 'thumb',
  one_of: 'list',
  some_of: 'rows',
  pick: 'grid',
  judge: 'check',
};

/** The kind of question, said in what people will do. */
export function TemplateChoice(props: { value: Template; onChange: (to: Template) => void }) {
  const { t } = useTranslation('datasets');
  return (
    <Radio.Group
      label={t('create.interface')}
      value={props.value}
      onChange={(value) => props.onChange(value as Template)}
    >
      <div className={classes.templates}>
        {(Object.keys(TEMPLATES) as Template[]).map((name) => (
          <label key={name} className={classes.template} data-chosen={props.value === name}>
            <Icon name={ICONS[name]} />
            <span>
              <b>{t(`template.${name}.name`)}</b>
              <span>{t(`template.${name}.text`)}</span>
            </span>
            <Radio value={name} aria-label={t(`template.${name}.name`)} size="xs" />
          </label>
        ))}
      </div>
    </Radio.Group>
  );
}
