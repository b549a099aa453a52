import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Popup } from '@/components/bench/Popup';
import controls from '@/components/bench/controls.module.css';
import frame from '@/components/bench/frame.module.css';
import { errorText } from '@/lib/errorText';
import { ApiError } from '@/lib/http';
import type { KeptAnswer } from '../work/keep/database';
import type { WorkState } from '../work/state';
import type { Work } from '../work/store';

interface Props {
  work: Work;
  state: WorkState;
  onClose: () => void;
}

/** What the server has not confirmed, why, and what can be done about it. */
export default function UnsentPanel({ work, state, onClose }: Props) {
  const { t } = useTranslation('labelling');
  const { answers, drafts, trouble } = state;
  const nothing = answers.length === 0 && drafts === 0;
  return (
    <Popup title={t('unsent.title')} onClose={onClose}>
      <p className={frame.hint}>
        {nothing ? t('unsent.nothing') : t(work.unwritten ? 'unsent.unwritten' : 'unsent.kept')}
      </p>
      {trouble && !nothing && <p className={frame.hint}>{errorText(trouble)}</p>}
      <ul className={controls.rows}>
        {answers.map((answer) => (
          <Answer key={answer.id} {...{ work, answer, onClose }} />
        ))}
        {drafts > 0 && <li>{t('unsent.drafts', { count: drafts })}</li>}
      </ul>
      {!nothing && (
        <div className={frame.ways}>
          <button
            type="button"
            className={controls.action}
            onClick={() => {
              work.hurry();
            }}
          >
            {t('unsent.retry')}
          </button>
          <button type="button" className={controls.action} onClick={() => void download(work)}>
            {t('unsent.download')}
          </button>
        </div>
      )}
    </Popup>
  );
}

function Answer(props: { work: Work; answer: KeptAnswer; onClose: () => void }) {
  const { work, answer, onClose } = props;
  const { t, i18n } = useTranslation('labelling');
  const [sure, setSure] = useState(false);
  const { task, problem } = answer;
  const time = new Intl.DateTimeFormat(i18n.language, { timeStyle: 'short' }).format(answer.at);
  return (
    <li>
      {t('unsent.answer', {
        name: task.images[0]?.name ?? '',
        answer: t(answer.body.answer),
        time,
      })}
      {problem && (
        <>
          <p className={frame.hint}>
            {errorText(new ApiError(problem.status, problem.body as object))}
          </p>
          {work.owns(answer) ? (
            <button
              type="button"
              className={controls.action}
              onClick={() => {
                work.takeBack(answer);
                onClose();
              }}
            >
              {t('unsent.show')}
            </button>
          ) : (
            <Link to="/label/$slug" params={{ slug: answer.slug }} className={controls.action}>
              {t('unsent.there')}
            </Link>
          )}{' '}
          <button
            type="button"
            className={controls.action}
            onClick={() => {
              if (sure) work.discard(answer);
              else setSure(true);
            }}
          >
            {t(sure ? 'unsent.sure' : 'unsent.discard')}
          </button>
        </>
      )}
    </li>
  );
}

async function download(work: Work): Promise<void> {
  const text = JSON.stringify(await work.unsent(), null, 2);
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `concord-unsent-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(url);
}
