import { ActionIcon, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import type { Option } from '@/lib/datasets';
import { withOptions } from '../names';
import classes from './Editor.module.css';
import { KeySelect } from './KeySelect';
import { NameField } from './NameField';

/** What can be chosen. An option keeps its id when its text is corrected. */
export function OptionsEditor(props: {
  options: readonly Option[];
  onChange: (options: Option[]) => void;
}) {
  const { t } = useTranslation('datasets');
  const { options, onChange } = props;
  const change = (at: number, part: Partial<Option>) =>
    onChange(options.map((option, n) => (n === at ? { ...option, ...part } : option)));
  return (
    <div>
      <ul className={classes.rows}>
        {options.map((option, at) => (
          <li key={at} className={classes.row} data-plain>
            <KeySelect
              name={option.text}
              value={option.key ?? ''}
              taken={options.map(({ key }) => key ?? '')}
              onChange={(key) => change(at, { key })}
            />
            <TextInput
              aria-label={t('editor.name', { name: option.text })}
              value={option.text}
              error={option.text.trim() === '' && t('editor.blank')}
              onChange={(event) => change(at, { text: event.currentTarget.value })}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={t('editor.remove', { name: option.text })}
              onClick={() => onChange(options.filter((_, n) => n !== at))}
            >
              <Icon name="trash" />
            </ActionIcon>
          </li>
        ))}
      </ul>
      <NameField
        label={t('options.add')}
        placeholder={t('options.placeholder')}
        existing={options.map(({ text }) => text)}
        onAdd={(text) => onChange(withOptions(options, text))}
      />
    </div>
  );
}
