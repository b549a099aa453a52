import { Button, CopyButton, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMe } from '@/lib/me';
import classes from './SecondFactor.module.css';

/** Codes that are shown this once, to be copied or kept as a file. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const { t } = useTranslation('people');
  const { email } = useMe();
  const text = `${t('factor.file', { email, site: location.host })}\n\n${codes.join('\n')}\n`;
  return (
    <Stack>
      <div>{t('factor.codesText')}</div>
      <ul className={classes.codes} aria-label={t('factor.codesTitle')}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <Group justify="flex-end" gap="xs">
        <CopyButton value={codes.join('\n')}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {t(copied ? 'factor.copied' : 'factor.copy')}
            </Button>
          )}
        </CopyButton>
        <Button
          variant="default"
          component="a"
          className={classes.download ?? ''}
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="concord-recovery-codes.txt"
        >
          {t('factor.download')}
        </Button>
        <Button onClick={onDone}>{t('factor.kept')}</Button>
      </Group>
    </Stack>
  );
}
