import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/components/Icon';
import type { IconName } from '@/components/Icon';
import { When } from '@/components/When';
import { Details } from './Details';
import { Headline } from './Headline';
import { momentsOf } from './moments';
import type { Moment, TaskStory } from './moments';
import { isSame } from './shown';
import type { Shown } from './shown';
import classes from './Timeline.module.css';

const ICONS: Record<Moment['kind'], IconName> = {
  made: 'upload',
  answered: 'pencil',
  merged: 'datasets',
  disputed: 'alert',
  decided: 'thumb',
  returned: 'undo',
  final: 'check',
  second: 'eye',
  exported: 'download',
  held: 'people',
  happened: 'history',
};

/** How a task went, the first first. What was saved can be looked at from its entry. */
export function Timeline(props: {
  story: TaskStory;
  shown: Shown;
  onShow: (shown: Shown) => void;
}) {
  const { story } = props;
  const { t } = useTranslation('story');
  return (
    <section className={classes.timeline} aria-label={t('timeline')}>
      <h3>{t('timeline')}</h3>
      <ol>
        {momentsOf(story).map((moment, place) => (
          <li key={place} data-kind={moment.kind}>
            <span className={classes.dot}>
              <Icon name={iconOf(moment)} size={14} />
            </span>
            <div className={classes.words}>
              <p>
                <Headline moment={moment} story={story} /> <When at={moment.at} />
              </p>
              <Details moment={moment} story={story} />
              <More {...props} moment={moment} />
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

function iconOf(moment: Moment): IconName {
  if (moment.kind !== 'happened') return ICONS[moment.kind];
  const [subject = ''] = moment.event.kind.split('.');
  return subject === 'thread' || subject === 'comment' ? 'talk' : ICONS.happened;
}

/** What can be looked at from an entry. */
function More(props: { moment: Moment; shown: Shown; onShow: (shown: Shown) => void }) {
  const { t } = useTranslation('story');
  const { moment } = props;
  const thread = moment.kind === 'happened' ? moment.event.data['thread'] : undefined;
  if (typeof thread === 'string')
    return (
      <Link to="/threads/$thread" params={{ thread }} search={{ look: true }}>
        {t('readThread')}
      </Link>
    );
  const shows = shownBy(moment);
  if (!shows) return null;
  const now = isSame(shows, props.shown);
  return (
    <button
      type="button"
      className={classes.look}
      aria-pressed={now}
      onClick={() => props.onShow(shows)}
    >
      {t(now ? 'looking' : 'look')}
    </button>
  );
}

function shownBy(moment: Moment): Shown | null {
  if (moment.kind === 'merged') return { kind: 'merged' };
  if (moment.kind === 'final' && moment.final) return { kind: 'final' };
  if (moment.kind !== 'answered') return null;
  return { kind: 'saved', version: moment.version, revision: moment.revision.revision };
}
