import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** One address a line. */
export function AddressField(props: { text: string; onText: (text: string) => void }) {
  const { t } = useTranslation('importing');
  return (
    <Textarea
      label={t('start.paste')}
      placeholder={'https://example.org/1.jpg\nhttps://example.org/2.jpg'}
      autosize
      minRows={4}
      maxRows={12}
      spellCheck={false}
      value={props.text}
      onChange={(event) => props.onText(event.currentTarget.value)}
    />
  );
}
