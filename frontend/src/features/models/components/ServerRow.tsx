import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { errorText } from '@/lib/errorText';
import { type Run, type Server, useTrial } from '../api/servers';
import classes from './Models.module.css';

/** One server: where it is, whether it answers, and how far it was asked. */
export function ServerRow(props: {
  server: Server;
  onAsk: () => void;
  onStop: (run: string) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation('models');
  const { server } = props;
  const trial = useTrial();
  const run = server.last_run;
  const running = run?.state === 'running';
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
      </div>
      <div className={classes.acts}>
        <Button variant="default" loading={trial.isPending} onClick={() => trial.mutate(server.id)}>
          {t('servers.test')}
        </Button>
        {running ? (
          <Button variant="default" onClick={() => props.onStop(run.id)}>
            {t('servers.stop')}
          </Button>
        ) : (
          <Button onClick={props.onAsk}>{t('servers.ask')}</Button>
        )}
        <Button variant="subtle" color="red" onClick={props.onRemove}>
          {t('servers.remove')}
        </Button>
      </div>
    </li>
  );
}

function Progress({ run }: { run: Run }) {
  const { t } = useTranslation('models');
  const { done, total, predicted, left_out: left } = run;
  return (
    <p>
      {t(`servers.state.${run.state}`, { done, total: Math.max(done, total), predicted })}
      {left > 0 && ` ${t('servers.left', { count: left })} ${run.reasons.join(' ')}`}
      {run.error && ` ${run.error.detail}`}
    </p>
  );
}
