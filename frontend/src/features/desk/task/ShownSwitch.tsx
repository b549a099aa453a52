import { useTranslation } from 'react-i18next';
import { strokeOf } from '@/lib/strokes';
import classes from '../TaskPage.module.css';
import type { TaskStory } from './moments';
import { isSame, savedOf } from './shown';
import type { Shown } from './shown';

/** Whose shapes are drawn: the final ones, the merged ones, or what one person said. */
export function ShownSwitch(props: {
  story: TaskStory;
  choices: readonly Shown[];
  shown: Shown;
  onShow: (shown: Shown) => void;
}) {
  const { t } = useTranslation('story');
  const { story, choices, shown } = props;
  const isListed = choices.some((choice) => isSame(choice, shown));
  if (choices.length < 2) return null;
  return (
    <div className={classes.switch} role="group" aria-label={t('shown')}>
      {[...choices, ...(isListed ? [] : [shown])].map((choice) => (
        <button
          key={JSON.stringify(choice)}
          type="button"
          aria-pressed={isSame(choice, shown)}
          onClick={() => props.onShow(choice)}
        >
          {choice.kind === 'saved' && (
            <i style={{ background: strokeOf(choice.version).colour }} aria-hidden />
          )}
          <Name story={story} choice={choice} isListed={choices.includes(choice)} />
        </button>
      ))}
    </div>
  );
}

function Name(props: { story: TaskStory; choice: Shown; isListed: boolean }) {
  const { t } = useTranslation('story');
  const { story, choice } = props;
  if (choice.kind !== 'saved')
    return t(
      choice.kind === 'asked' && story.spans.length > 0 ? 'show.question' : `show.${choice.kind}`,
    );
  const who = savedOf(story, choice)?.user?.name ?? choice.version;
  return props.isListed
    ? t('show.saved', { who })
    : t('show.revision', { who, revision: choice.revision });
}
