import { Button } from '@mantine/core';
import { useWindowEvent } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { ApiError } from '@/lib/http';
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
  // Whoever comes back from the provider finds the page as they left it, on its way.
  useWindowEvent('pageshow', ({ persisted }) => persisted && begin.reset());
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

/**
 * For a page that has to stay as it is: they sign in on another one, in a new tab. `onBack` looks
 * whether they are in, and rejects with 401 if not.
 */
export function SignOnElsewhere({ name, onBack }: { name: string; onBack: () => Promise<void> }) {
  const { t } = useTranslation('people');
  const back = useMutation({ mutationFn: onBack });
  const out = back.error instanceof ApiError && back.error.status === 401;
  return (
    <div className={classes.other}>
      <Button component="a" href="/login" target="_blank" variant="default" fullWidth>
        {t('signOn.newTab', { name })}
      </Button>
      <Button variant="subtle" fullWidth loading={back.isPending} onClick={() => back.mutate()}>
        {t('signOn.done')}
      </Button>
      {out && (
        <p role="alert" className={classes.end}>
          {t('signOn.notYet')}
        </p>
      )}
      {back.error && !out && <ErrorNotice error={back.error} />}
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
