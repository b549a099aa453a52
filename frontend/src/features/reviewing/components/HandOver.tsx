import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '@/components/bench/controls.module.css';
import { Popup } from '@/components/bench/Popup';
import type { ReviewTask } from '../api/reviews';

export type HandOverAction = 'send_back' | 'escalate';

const REASONS = ['label', 'missing', 'loose', 'extra', 'guideline'] as const;

/** Why the task goes back to its authors or on to another reviewer: a digit, or words. */
export function HandOver(props: {
  action: HandOverAction;
  task: ReviewTask;
  onSend: (reason: string, version?: string) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation('reviewing');
  const [version, setVersion] = useState('');
  const [text, setText] = useState('');
  const send = (reason: string) => {
    props.onSend(reason, version === '' ? undefined : version);
  };
  return (
    <Popup
      title={t(`handOver.${props.action}`)}
      onClose={props.onClose}
      onKey={(key) => {
        const reason = REASONS[Number(key) - 1];
        if (reason && text === '') send(t(`reasons.${reason}`));
      }}
    >
      {props.action === 'send_back' && (
        <label className={classes.field}>
          {t('handOver.to')}
          <select
            value={version}
            onChange={(event) => {
              setVersion(event.target.value);
            }}
          >
            <option value="">{t('handOver.all')}</option>
            {props.task.versions.map(({ key }) => (
              <option key={key} value={key}>
                {key}
              </option>
            ))}
          </select>
        </label>
      )}
      {REASONS.map((reason, place) => (
        <button
          key={reason}
          type="button"
          className={classes.option}
          onClick={() => {
            send(t(`reasons.${reason}`));
          }}
        >
          <kbd>{place + 1}</kbd> {t(`reasons.${reason}`)}
        </button>
      ))}
      <form
        className={classes.field}
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') send(text.trim());
        }}
      >
        <input
          className={classes.search}
          placeholder={t('handOver.other')}
          aria-label={t('handOver.other')}
          value={text}
          maxLength={2000}
          onChange={(event) => {
            setText(event.target.value);
          }}
        />
        <button type="submit" className={classes.action} disabled={text.trim() === ''}>
          {t('handOver.send')}
        </button>
      </form>
    </Popup>
  );
}
