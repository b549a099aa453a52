import { useTranslation } from 'react-i18next';
import { may } from '@/lib/datasets';
import type { Dataset } from '@/lib/datasets';
import { whyByScore } from '@/lib/why';
import { Replaced } from '../components/Replaced';
import classes from '../TaskPage.module.css';
import type { TaskStory } from './moments';
import { saidIn, savedOf } from './shown';
import type { Shown } from './shown';
import { answerInWords } from './words';

/** What was asked, what the shown answer says, and what else is known of the image. */
export function TaskFacts(props: { story: TaskStory; dataset: Dataset; shown: Shown }) {
  const { t } = useTranslation('story');
  const { story, dataset } = props;
  const [image] = story.images;
  const meta = Object.entries(story.meta);
  const why = may(dataset, 'see_answers') ? whyByScore(story.why.code) : null;
  return (
    <dl className={classes.facts}>
      {story.question !== '' && (
        <>
          <dt>{t('question')}</dt>
          <dd>{story.question}</dd>
        </>
      )}
      <dt>{t('answer')}</dt>
      <dd>
        <Answer {...props} />
      </dd>
      {image && !image.tile && (
        <>
          <dt>{t('size')}</dt>
          <dd>
            {image.width} × {image.height}
          </dd>
        </>
      )}
      {story.assigned && (
        <>
          <dt>{t('assigned')}</dt>
          <dd>{story.assigned.map(({ name }) => name).join(', ')}</dd>
        </>
      )}
      {why && (
        <>
          <dt>{t('why')}</dt>
          <dd>{t(`why.${why}`, { ns: 'shell' })}</dd>
        </>
      )}
      {may(dataset, 'import') && <Replaced task={story.id} />}
      {meta.map(([name, value]) => (
        <div key={name} className={classes.pair}>
          <dt>{name}</dt>
          <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Answer({ story, shown }: { story: TaskStory; shown: Shown }) {
  const { t } = useTranslation('story');
  const said = saidIn(story, shown);
  if (said) {
    const spans = 'spans' in said ? said.spans : said.objects;
    const who = savedOf(story, shown);
    const words = answerInWords({ ...said, spans }, story, t);
    return <>{[who && (who.user?.name ?? who.version), words].filter(Boolean).join(': ')}</>;
  }
  if (shown.kind === 'all')
    return (
      <ul className={classes.answers}>
        {story.answers.map((answer) => {
          const head = answer.revisions.find(({ revision }) => revision === answer.head);
          if (!head) return null;
          return (
            <li key={answer.version}>
              {answer.user?.name ?? answer.version}: {answerInWords(head, story, t)}
            </li>
          );
        })}
      </ul>
    );
  return <>{t(story.history.length > 0 || story.answers.length > 0 ? 'noAnswer' : 'hidden')}</>;
}
