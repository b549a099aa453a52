import { Button, CopyButton, Group, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** A link or token that is shown once and to be handed on. */
export function SecretLink(props: { text: string; secret: string; onDone: () => void }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm">
      <div>{props.text}</div>
      <TextInput
        readOnly
        aria-label={props.text}
        value={props.secret}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={props.onDone}>
          {t('action.close')}
        </Button>
        <CopyButton value={props.secret}>
          {({ copied, copy }) => (
            <Button onClick={copy}>{t(copied ? 'action.copied' : 'action.copy')}</Button>
          )}
        </CopyButton>
      </Group>
    </Stack>
  );
}
