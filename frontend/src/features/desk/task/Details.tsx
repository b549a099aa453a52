import { useTranslation } from 'react-i18next';
import type { Moment, TaskStory } from './moments';
import classes from './Timeline.module.css';
import { changesInWords } from './words';

/** What there is to say beyond the sentence: what changed, about what, why, and by which rule. */
export function Details({ moment, story }: { moment: Moment; story: TaskStory }) {
  const { t } = useTranslation('story');
  switch (moment.kind) {
    case 'answered': {
      const { changed, late } = moment.revision;
      return (
        <>
          {changed && (
            <Changes lines={changed.length ? changesInWords(changed, story, t) : [t('same')]} />
          )}
          {late && <p className={classes.note}>{t('late')}</p>}
        </>
      );
    }
    case 'disputed':
      return (
        <ul className={classes.lines}>
          {moment.disputes.map(({ id, text, state }) => (
            <li key={id}>
              {text}
              {state === 'superseded' && <small> ({t('settled')})</small>}
            </li>
          ))}
        </ul>
      );
    case 'decided': {
      const { about, reason, guideline } = moment.decision;
      return (
        <>
          {about !== null && <p className={classes.note}>{about}</p>}
          <Quote text={reason} />
          {guideline && (
            <blockquote className={classes.cited}>
              <b>
                {t('cited', { paragraph: guideline.paragraph })}
                {guideline.heading && `: ${guideline.heading}`}
              </b>
              <span>{guideline.text}</span>
            </blockquote>
          )}
        </>
      );
    }
    case 'returned':
      return <Quote text={moment.remark.comment} />;
    case 'second':
      return moment.look.changes.length > 0 ? (
        <Changes lines={changesInWords(moment.look.changes, story, t)} />
      ) : null;
    case 'happened':
      return <Reason data={moment.event.data} />;
    default:
      return null;
  }
}

function Changes({ lines }: { lines: readonly string[] }) {
  return (
    <ul className={classes.lines}>
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function Quote({ text }: { text: string }) {
  return text === '' ? null : <blockquote className={classes.quote}>{text}</blockquote>;
}

const REASONS = ['broken_image', 'unclear', 'not_my_job'] as const;

function Reason({ data }: { data: Record<string, unknown> }) {
  const { t } = useTranslation('story');
  const { reason } = data;
  if (typeof reason !== 'string' || reason === '') return null;
  const known = REASONS.find((each) => each === reason);
  return <Quote text={known ? t(`reason.${known}`) : reason} />;
}
