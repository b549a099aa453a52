import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '@/components/ErrorNotice';
import { errorText } from '@/lib/errorText';
import { type Run, type Server, useServerActs, useTrial } from '../api/servers';
import { RunForm } from './RunForm';
import { ServerForm } from './ServerForm';
import classes from './Models.module.css';

/** One server: where it is, whether it answers, how far it was asked, and what is to be changed. */
export function ServerRow({ slug, server }: { slug: string; server: Server }) {
  const { t } = useTranslation('models');
  const acts = useServerActs(slug);
  const trial = useTrial();
  const [form, setForm] = useState<'change' | 'ask' | null>(null);
  const run = server.last_run;
  const open = (which: 'change' | 'ask') => {
    acts[which].reset();
    trial.reset();
    setForm(which);
  };
  const close = () => setForm(null);
  const error = acts.remove.error ?? acts.stop.error;
  return (
    <li className={classes.server}>
      <div>
        <b>{server.name}</b> <small>{server.url}</small>
        {run && <Progress run={run} />}
        <p role="status">
          {trial.error && errorText(trial.error)}
          {trial.data?.works &&
            t('servers.works', { model: trial.data.model, version: trial.data.version })}
          {trial.data?.works === false && trial.data.detail}
        </p>
        {error && <ErrorNotice error={error} />}
      </div>
      {form === null && (
        <div className={classes.acts}>
          <Button
            variant="default"
            loading={trial.isPending}
            onClick={() => trial.mutate(server.id)}
          >
            {t('servers.test')}
          </Button>
          {run?.state === 'running' ? (
            <Button variant="default" onClick={() => acts.stop.mutate(run.id)}>
              {t('servers.stop')}
            </Button>
          ) : (
            <Button onClick={() => open('ask')}>{t('servers.ask')}</Button>
          )}
          <Button variant="default" onClick={() => open('change')}>
            {t('servers.change')}
          </Button>
          <Button variant="subtle" color="red" onClick={() => acts.remove.mutate(server.id)}>
            {t('servers.remove')}
          </Button>
        </div>
      )}
      {form === 'ask' && (
        <RunForm
          server={server}
          error={acts.ask.error}
          busy={acts.ask.isPending}
          onStart={(body) => acts.ask.mutate({ server: server.id, body }, { onSuccess: close })}
          onClose={close}
        />
      )}
      {form === 'change' && (
        <ServerForm
          server={server}
          error={acts.change.error}
          busy={acts.change.isPending}
          onSave={(body) => acts.change.mutate({ server: server.id, body }, { onSuccess: close })}
          onClose={close}
        />
      )}
    </li>
  );
}

function Progress({ run }: { run: Run }) {
  const { t, i18n } = useTranslation('models');
  const { done, total, predicted, left_out: left, threshold, version } = run;
  // What comes in meanwhile is asked about, too.
  const count = run.state === 'done' ? done : Math.max(done, total);
  const score = new Intl.NumberFormat(i18n.language).format(threshold);
  return (
    <p>
      {t(`servers.state.${run.state}`, { done, count, predicted })}
      {version && ` ${t('servers.version', { version })}`}
      {threshold > 0 && ` ${t('servers.threshold', { score })}`}
      {left > 0 && ` ${t('servers.left', { count: left })} ${run.reasons.join(' ')}`}
      {run.error && ` ${run.error.detail}`}
    </p>
  );
}
