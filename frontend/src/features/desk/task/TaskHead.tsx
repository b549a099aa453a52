import { useTranslation } from 'react-i18next';
import { PanelButton } from '@/components/bench/PanelButton';
import { Icon } from '@/components/Icon';
import { StateBadge } from '@/components/StateBadge';
import classes from '../TaskPage.module.css';
import type { TaskStory } from './moments';

interface Ways {
  readonly previous: (() => void) | undefined;
  readonly next: (() => void) | undefined;
  readonly back: () => void;
}

/** Which task this is, and the ways to those beside it in the list that one came from. */
export function TaskHead(props: { story: TaskStory; go: Ways; onKeys: () => void }) {
  const { t } = useTranslation('story');
  const { story, go } = props;
  return (
    <header className={classes.head}>
      <button type="button" className={classes.back} onClick={go.back}>
        <Icon name="back" size={16} /> <span>{t('back')}</span>
      </button>
      <h2>{story.images[0]?.name || t('untitled')}</h2>
      <StateBadge state={story.state} />
      <span className={classes.ways}>
        <PanelButton
          title={`${t('previous')} (K)`}
          disabled={!go.previous}
          onClick={go.previous ?? none}
        >
          <span className={classes.turned}>
            <Icon name="chevron" />
          </span>
        </PanelButton>
        <PanelButton title={`${t('next')} (J)`} disabled={!go.next} onClick={go.next ?? none}>
          <Icon name="chevron" />
        </PanelButton>
        <PanelButton title={`${t('keys.title')} (?)`} onClick={props.onKeys}>
          ?
        </PanelButton>
      </span>
    </header>
  );
}

function none() {
  return undefined;
}
