import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { wayToProvider } from '../api/signOn';
import classes from './SignOn.module.css';

/** What the server says of a try that ended; anything else is told as "not proven". */
const ENDS = [
  'cancelled',
  'deactivated',
  'email_unverified',
  'no_account',
  'provider_down',
] as const;
type End = (typeof ENDS)[number] | 'not_proven';

/** Logs in through the provider that this instance was set up with. */
export function SignOn({ name, next }: { name: string; next: string }) {
  const { t } = useTranslation('people');
  const begin = useMutation({
    mutationFn: () => wayToProvider(next),
    onSuccess: (url) => location.assign(url),
  });
  return (
    <div className={classes.other}>
      <Button
        variant="default"
        fullWidth
        loading={begin.isPending || begin.isSuccess}
        onClick={() => begin.mutate()}
      >
        {t('signOn.with', { name })}
      </Button>
      {begin.error && <ErrorNotice error={begin.error} />}
    </div>
  );
}

/** Why somebody is back from the provider, and not in. */
export function SignOnEnd({ end, name }: { end: string; name: string }) {
  const { t } = useTranslation('people');
  const known: End = ENDS.find((code) => code === end) ?? 'not_proven';
  return (
    <p role="alert" className={classes.end}>
      {t(`signOn.${known}`, { name })}
    </p>
  );
}
